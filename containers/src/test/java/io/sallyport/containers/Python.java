package io.sallyport.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The interpreter that the runner of the corpus needs: {@code python3}, at least 3.9. */
final class Python {

  private static final String COMMAND = "python3";
  private static final long PATIENCE_SECONDS = 300;

  private Python() {}

  /**
   * Skips the test where it is missing, or fails if {@code -Dsallyport.tools=required} says that nothing
   * may be missing.
   */
  static void require() throws IOException, InterruptedException {
    boolean there = isThere();
    String problem = COMMAND + " 3.9 or later is not on the PATH: the corpus was not run";
    if (!there && System.getProperty("sallyport.tools", "").equals("required")) {
      throw new IllegalStateException(problem);
    }
    assumeTrue(there, problem);
  }

  private static boolean isThere() throws IOException, InterruptedException {
    try {
      return run(
              List.of("-c", "import sys; sys.exit(sys.version_info < (3, 9))"),
              File.createTempFile("python", ".txt").toPath())
          == 0;
    } catch (CannotRunException e) {
      return false;
    }
  }

  /** Runs it to its end, which must come within minutes; its exit code is the answer. */
  static int run(List<String> arguments, Path output) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(COMMAND));
    command.addAll(arguments);
    Process process = start(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            String.join(" ", command) + ": still running after " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private static final class CannotRunException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotRunException(IOException cause) {
      super(cause);
    }
  }
}
