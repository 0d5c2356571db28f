package io.sallyport.examples.manager;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server in a process of its own. */
final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY =
      Pattern.compile("ready on (https?://127\\.0\\.0\\.1:\\d+)\n");

  private final Process process;
  private final Path out;
  private final Path err;

  private ServerProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Runs the jar that was built, as users do. */
  static ServerProcess ofJar(Path folder, String... args) throws IOException {
    return run(folder, List.of("-jar", jar().toString()), args);
  }

  /** Runs a command that is in the jar. */
  static ServerProcess ofCommand(Class<?> command, Path folder, String... args) throws IOException {
    return run(folder, List.of("-cp", jar().toString(), command.getName()), args);
  }

  /** Runs it without one of its libraries. */
  static ServerProcess withoutLibrary(String library, Path folder, String... args)
      throws IOException {
    // not the jar: its manifest names all of them
    List<String> classPath =
        new ArrayList<>(List.of(jar().resolveSibling("classes").toString()));
    try (var libraries = Files.list(jar().resolveSibling("lib"))) {
      libraries
          .filter(file -> !file.getFileName().toString().startsWith(library))
          .forEach(file -> classPath.add(file.toString()));
    }
    return run(
        folder,
        List.of("-cp", String.join(File.pathSeparator, classPath), Main.class.getName()),
        args);
  }

  private static Path jar() {
    return Path.of("target", "sallyport-example-manager.jar").toAbsolutePath();
  }

  private static ServerProcess run(Path folder, List<String> what, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(what);
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "server", ".out");
    Path err = Files.createTempFile(folder, "server", ".err");
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    return new ServerProcess(process, out, err);
  }

  /** Waits until it says that it is ready; where it says so is the answer. */
  String url() throws Exception {
    Eventually.holds("ready, or ended", () -> READY.matcher(out()).find() || !process.isAlive());
    Matcher ready = READY.matcher(out());
    if (!ready.find()) {
      throw new IllegalStateException("the server ended: " + err());
    }
    return ready.group(1);
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits for its end; its exit code is the answer. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after " + PATIENCE);
    }
    return process.exitValue();
  }

  /** Stops it as Ctrl-C and service managers do. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** Stops it as a failing machine does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
