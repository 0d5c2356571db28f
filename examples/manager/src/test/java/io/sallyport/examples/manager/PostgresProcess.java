package io.sallyport.examples.manager;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL, which can be killed, halted and started again on its data. */
final class PostgresProcess implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final Path data;
  private final Path control;

  private PostgresProcess(EmbeddedPostgres server, Path data, Path control) {
    this.server = server;
    this.data = data;
    this.control = control;
  }

  /** Starts one with its data in a folder that is not there yet. */
  static PostgresProcess start(Path data) throws IOException {
    EmbeddedPostgres server = EmbeddedPostgres.builder()
        .setDataDirectory(data)
        // or what was committed last would be lost when it is killed
        .setServerConfig("synchronous_commit", "on")
        .start();
    Path executable = Path.of(master(data).info().command().orElseThrow()).resolveSibling("pg_ctl");
    return new PostgresProcess(server, data, executable);
  }

  private static ProcessHandle master(Path data) throws IOException {
    String number = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(number)).orElseThrow();
  }

  /** Where it is, without anybody's name. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl() + "?socketTimeout=10", "postgres", "postgres");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first value of an answer that must have one. */
  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return String.valueOf(rows.getString(1));
    }
  }

  /** Makes a user with one role; the hash must need no quoting. */
  void addUser(String name, String hash, String role) throws SQLException {
    execute("INSERT INTO sallyport_users (name, password) VALUES ('" + name + "', '" + hash + "')");
    execute("INSERT INTO sallyport_user_roles (user_id, role) SELECT id, '" + role
        + "' FROM sallyport_users WHERE name = '" + name + "'");
  }

  private List<ProcessHandle> processes() throws IOException {
    ProcessHandle master = master(data);
    return Stream.concat(Stream.of(master), master.descendants()).toList();
  }

  /** Ends all of its processes without a word. */
  void kill() throws IOException {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  /** Lets none of its processes go on, so that it accepts connections and says nothing. */
  void halt() throws Exception {
    signal("STOP");
  }

  /** Lets them go on. */
  void goOn() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes().forEach(process -> command.add(Long.toString(process.pid())));
    run(command);
  }

  /** Starts it again on its data, and waits until it accepts connections. */
  void startAgain() throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to be root
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(control.toString(), "-D", data.toString(), "-w", "-o"));
    command.addAll(List.of("-F -p " + server.getPort(), "-l", data + ".log", "start"));
    // until the last of those that were killed has ended
    Eventually.holds("PostgreSQL is there again", () -> run(command) == 0);
  }

  private int run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Path.of(data + ".out").toFile())
        .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " has not ended");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
