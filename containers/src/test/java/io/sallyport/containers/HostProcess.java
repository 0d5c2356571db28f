package io.sallyport.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One container with the host application, in a process of its own on a free port of the loopback.
 *
 * <p>It runs until {@link #close()}, and no longer than this JVM: it ends when its standard input does,
 * which this JVM holds.
 */
final class HostProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Pattern READY = Pattern.compile(Host.READY + "(\\d+)\\R");

  private final Process process;
  private final Path out;
  private final int port;

  private HostProcess(Process process, Path out, HostFolder folder) throws IOException {
    this.process = process;
    this.out = out;
    this.port = awaitPort(folder);
  }

  /** Starts it behind Sallyport, as the folder's {@code security.yaml} says. */
  static HostProcess secured(Container container, Mode mode, HostFolder folder) throws IOException {
    return start(
        container, container.mainClass(), mode, folder, folder.securityFile().toString());
  }

  /** The same on virtual threads, which the Java of this process has to know. */
  static HostProcess onVirtualThreads(Container container, HostFolder folder) throws IOException {
    return start(
        container,
        container.mainClass(),
        Mode.DEFAULT,
        folder,
        folder.securityFile().toString(),
        "-D" + VirtualThreads.PROPERTY + "=true");
  }

  /** Starts it with the servlets of {@link Place} behind Sallyport. */
  static HostProcess places(Container container, Mode mode, HostFolder folder) throws IOException {
    return start(
        container,
        container.mainClass(),
        mode,
        folder,
        folder.securityFile().toString(),
        "-D" + Host.PLACES + "=true");
  }

  /** Starts it without any security: the control. */
  static HostProcess open(Container container, Mode mode, HostFolder folder) throws IOException {
    return start(container, container.mainClass(), mode, folder, Host.OPEN);
  }

  /** Starts another class than the container's usual one behind Sallyport. */
  static HostProcess secured(Container container, Class<?> main, HostFolder folder)
      throws IOException {
    return start(
        container, main.getName(), Mode.DEFAULT, folder, folder.securityFile().toString());
  }

  private static HostProcess start(
      Container container,
      String mainClass,
      Mode mode,
      HostFolder folder,
      String security,
      String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // many short runs: start fast rather than run fast
    command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", container.classPath(), mainClass));
    command.addAll(List.of(mode.name(), security));
    Path out = folder.path().resolve("server.out");
    Process process = new ProcessBuilder(command)
        .directory(folder.path().toFile())
        .redirectOutput(out.toFile())
        .redirectError(folder.serverLog().toFile())
        .start();
    return new HostProcess(process, out, folder);
  }

  private int awaitPort(HostFolder folder) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos() && process.isAlive()) {
      Matcher ready = READY.matcher(Files.readString(out));
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "the host did not start: " + Files.readString(folder.serverLog()));
  }

  /** Where it listens on 127.0.0.1. */
  int port() {
    return port;
  }

  /** Lets go of its standard input, as the end of this JVM would. */
  void release() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for its end; its exit code is the answer. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running after " + PATIENCE);
    }
    return process.exitValue();
  }

  /** Ends it, by force if it does not end by itself. */
  @Override
  public void close() throws IOException {
    release();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }
}
