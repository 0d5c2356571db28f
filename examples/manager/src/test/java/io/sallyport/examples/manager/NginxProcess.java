package io.sallyport.examples.manager;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real nginx with the very file of {@code examples/nginx}, in a folder and on ports of its own. Only
 * ports, paths and the certificate are replaced.
 */
final class NginxProcess implements AutoCloseable {

  /** The name that the file has for the public origin. */
  static final String NAME = "manager.example.org";

  private static final Path CONFIGURATION = Path.of("..", "nginx", "nginx.conf");
  private static final int ATTEMPTS = 5;

  private final Process process;
  private final Path folder;
  private final int httpPort;
  private final int httpsPort;

  private NginxProcess(Process process, Path folder, int httpPort, int httpsPort) {
    this.process = process;
    this.folder = folder;
    this.httpPort = httpPort;
    this.httpsPort = httpsPort;
  }

  /**
   * Where nginx is installed. Elsewhere the test is skipped, or fails if {@code
   * -Dsallyport.tools=required} says that nothing may be missing.
   */
  static Path require() {
    Optional<Path> found = Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
    String problem = "nginx is not installed: run apt-get install nginx-light (Debian, Ubuntu)";
    if (found.isEmpty() && System.getProperty("sallyport.tools", "").equals("required")) {
      throw new IllegalStateException(problem);
    }
    assumeTrue(found.isPresent(), problem);
    return found.orElseThrow();
  }

  /** Starts it before the nodes of an application on ports of this machine, and waits until it listens. */
  static NginxProcess start(
      Path executable, Path folder, ServerCertificate certificate, int... nodes) throws Exception {
    // started by root, its workers are another user, who must get as far as its own folders
    for (Path path : List.of(folder, folder.getParent())) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
    }
    Files.writeString(folder.resolve("certificate.pem"), certificate.certificatePem());
    Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    for (int attempt = 1; ; attempt++) {
      NginxProcess started = tryToStart(executable, folder, nodes);
      if (started.listens()) {
        return started;
      }
      started.close();
      // another process may have taken one of the ports
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException("nginx did not start: " + started.output());
      }
    }
  }

  private static NginxProcess tryToStart(Path executable, Path folder, int... nodes)
      throws IOException {
    List<Integer> ports = SeveralPorts.freePorts(2);
    int httpPort = ports.get(0);
    int httpsPort = ports.get(1);
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, configuration(folder, nodes, httpPort, httpsPort));
    Process process = new ProcessBuilder(
            executable.toString(),
            "-p",
            folder.toString(),
            "-c",
            file.toString(),
            "-e",
            "stderr",
            "-g",
            "daemon off;")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("nginx.out").toFile())
        .start();
    return new NginxProcess(process, folder, httpPort, httpsPort);
  }

  private static String configuration(Path folder, int[] nodes, int httpPort, int httpsPort)
      throws IOException {
    String text = Files.readString(CONFIGURATION);
    text = replaced(text, "listen 80 ", "listen 127.0.0.1:" + httpPort + " ");
    text = replaced(text, "listen 443 ", "listen 127.0.0.1:" + httpsPort + " ");
    text = replaced(
        text,
        "server 127.0.0.1:8100;",
        Arrays.stream(nodes)
            .mapToObj(port -> "server 127.0.0.1:" + port + ";")
            .collect(Collectors.joining(" ")));
    text = replaced(text, "/etc/nginx/tls/fullchain.pem", folder + "/certificate.pem");
    text = replaced(text, "/etc/nginx/tls/privkey.pem", folder + "/key.pem");
    text = replaced(text, "/run/nginx.pid", folder + "/nginx.pid");
    text = replaced(text, "/var/log/nginx/", folder + "/");
    return replaced(text, "/var/lib/nginx/", folder + "/");
  }

  private static String replaced(String text, String what, String by) {
    if (!text.contains(what)) {
      throw new IllegalStateException(CONFIGURATION + " has no \"" + what + "\" any more");
    }
    return text.replace(what, by);
  }

  private boolean listens() throws Exception {
    Eventually.holds(
        "nginx listens, or has ended",
        () -> !process.isAlive() || (accepts(httpPort) && accepts(httpsPort)));
    return process.isAlive();
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  int httpPort() {
    return httpPort;
  }

  int httpsPort() {
    return httpsPort;
  }

  /** All that it has written to its logs. */
  String logs() throws IOException {
    return output()
        + Files.readString(folder.resolve("access.log"))
        + Files.readString(folder.resolve("error.log"));
  }

  /** The lines of its access log. */
  List<String> accesses() throws IOException {
    return Files.readAllLines(folder.resolve("access.log"));
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("nginx.out"));
  }

  @Override
  public void close() throws IOException {
    // the master ends its workers
    process.destroy();
    if (!hasEnded()) {
      process.destroyForcibly();
      throw new IllegalStateException("nginx did not end: " + output());
    }
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
