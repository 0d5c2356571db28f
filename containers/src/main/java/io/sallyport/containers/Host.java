package io.sallyport.containers;

import java.io.IOException;
import java.nio.file.Path;

/** One container that runs the host application in a process of its own. */
final class Host {

  /** Instead of a configuration file: no protection at all. */
  static final String OPEN = "open";

  /** The system property that has the servlets of {@link Place} served. */
  static final String PLACES = "places";

  /** Precedes the port on the one line of standard output. */
  static final String READY = "ready on port ";

  private Host() {}

  /** How a kind of container is started: on a free port of the loopback, which is the answer. */
  @FunctionalInterface
  interface Starter {
    int start(Mode mode, HostApplication application) throws Exception;
  }

  /**
   * Runs until standard input ends, so that no host outlives the process that has started it, however that
   * ends.
   *
   * @param args the mode, and a {@code security.yaml} or {@value #OPEN}
   */
  static void run(Starter container, String... args) throws Exception {
    Mode mode = Mode.valueOf(args[0]);
    try (Protection protection = protection(args[1])) {
      int port = container.start(mode, application(protection, mode));
      System.out.println(READY + port);
      awaitEndOfInput();
    }
    System.exit(0);
  }

  private static HostApplication application(Protection protection, Mode mode) {
    return Boolean.getBoolean(PLACES)
        ? HostApplication.ofPlaces(protection)
        : HostApplication.ofHandlers(protection, mode.front());
  }

  private static Protection protection(String security) {
    return security.equals(OPEN) ? new Unprotected() : ProtectedBySallyport.load(Path.of(security));
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // nobody has anything to say
    }
  }
}
