package io.sallyport.containers;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of Java 21 and later, which this module is not compiled for. */
final class VirtualThreads {

  /** The system property by which a host is told to use them. */
  static final String PROPERTY = "host.virtual.threads";

  private VirtualThreads() {}

  /** One for each task, if the host is to use them. */
  static Optional<ExecutorService> asked() throws ReflectiveOperationException {
    if (!Boolean.getBoolean(PROPERTY)) {
      return Optional.empty();
    }
    return Optional.of((ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
  }

  /** Whether this runs on one. */
  static boolean isCurrent() {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
