package io.sallyport.userstore.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** MariaDB's own server on a free port of this machine, with a folder of its own that goes when it ends. */
final class MariaDbServer {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final int port;
  private final Process process;

  private MariaDbServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** The one of this process, which ends with it. */
  static MariaDbServer shared() {
    require("mariadbd");
    return Shared.SERVER;
  }

  private static final class Shared {

    static final MariaDbServer SERVER = start();

    private Shared() {}
  }

  /** Skips the test where it is missing, or fails if {@code -Dsallyport.tools=required} is set. */
  private static Path require(String program) {
    Optional<Path> found = Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(each -> !each.isEmpty())
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .findFirst();
    String problem = program
        + " is not installed: run apt-get install --no-install-recommends mariadb-server (Debian, Ubuntu)";
    if (found.isEmpty() && System.getProperty("sallyport.tools", "").equals("required")) {
      throw new IllegalStateException(problem);
    }
    assumeTrue(found.isPresent(), problem);
    return found.orElseThrow();
  }

  private static MariaDbServer start() {
    try {
      Path folder = Files.createTempDirectory("mariadb");
      install(folder);
      for (int attempt = 1; ; attempt++) {
        MariaDbServer started = tryToStart(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "mariadb-end"));
        if (started.answers()) {
          return started;
        }
        // another process may have taken the port
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("mariadbd did not start: " + started.log());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void install(Path folder) throws IOException {
    Process install = new ProcessBuilder(command(
            require("mariadb-install-db"),
            folder,
            "--auth-root-authentication-method=normal",
            "--skip-name-resolve",
            "--skip-test-db"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolveSibling(folder.getFileName() + ".install").toFile())
        .start();
    Path output = folder.resolveSibling(folder.getFileName() + ".install");
    if (!ends(install) || install.exitValue() != 0) {
      throw new IllegalStateException("mariadb-install-db: " + Files.readString(output));
    }
    Files.delete(output);
  }

  private static MariaDbServer tryToStart(Path folder) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process = new ProcessBuilder(command(
            require("mariadbd"),
            folder,
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--skip-name-resolve",
            "--max-connections=300",
            "--innodb-buffer-pool-size=64M"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    return new MariaDbServer(folder, port, process);
  }

  private static List<String> command(Path program, Path folder, String... options) {
    Stream<String> user =
        System.getProperty("user.name").equals("root") ? Stream.of("--user=root") : Stream.empty();
    return Stream.of(
            Stream.of(program.toString(), "--no-defaults", "--datadir=" + folder),
            user,
            Arrays.stream(options))
        .flatMap(each -> each)
        .toList();
  }

  private boolean answers() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        DriverManager.getConnection(url("mysql"), "root", "").close();
        return true;
      } catch (SQLException e) {
        ends(process, 50);
      }
    }
    return false;
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  int port() {
    return port;
  }

  String url(String database) {
    return url(port, database);
  }

  static String url(int port, String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
  }

  private void close() {
    process.destroy();
    if (!ends(process)) {
      process.destroyForcibly();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ends(Process process) {
    return ends(process, PATIENCE.toMillis());
  }

  private static boolean ends(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
