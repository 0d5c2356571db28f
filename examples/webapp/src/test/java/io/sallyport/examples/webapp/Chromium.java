package io.sallyport.examples.webapp;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, with a profile of its own, as long as a test needs it. */
final class Chromium implements AutoCloseable {

  private static final String REQUIRED = "sallyport.tools";

  private final Process process;

  private Chromium(Process process) {
    this.process = process;
  }

  /** Opens a page; skips the test where there is no browser, unless tools are required. */
  static Chromium open(String page, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        binary().toString(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // a headless browser without a task would end at once
        "--remote-debugging-port=0",
        "--user-data-dir=" + folder.resolve("profile"),
        page));
    return new Chromium(new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("chromium.log").toFile())
        .start());
  }

  private static Path binary() {
    Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
    if (found.isEmpty()) {
      String lacking = "no browser found in PATH: install the Debian package chromium";
      if ("required".equals(System.getProperty(REQUIRED))) {
        fail(lacking);
      }
      abort(lacking);
    }
    return found.orElseThrow();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    // it writes into its profile, which the test deletes
    for (ProcessHandle each : all) {
      each.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
