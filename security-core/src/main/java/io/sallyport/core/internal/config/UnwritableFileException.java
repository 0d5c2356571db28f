package io.sallyport.core.internal.config;

import java.io.IOException;
import java.time.Duration;

/** A file that is not written, though nothing has failed. The message is for the operator. */
final class UnwritableFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /** When another try is worth it. */
  private final Duration again;

  /** What will be so until somebody changes it. */
  UnwritableFileException(String message) {
    this(message, Duration.ofMinutes(1));
  }

  private UnwritableFileException(String message, Duration again) {
    super(message);
    this.again = again;
  }

  /** What will have passed when the file has been read again. */
  static UnwritableFileException passing(String message) {
    return new UnwritableFileException(message, Duration.ofSeconds(2));
  }

  Duration again() {
    return again;
  }
}
