package io.sallyport.core.internal.transport;

/** A forwarding header that is not sound. Anybody can cause it, so it costs no stack trace. */
final class MalformedReportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param problem names the field and the place, and holds nothing that was sent
   */
  MalformedReportException(String problem) {
    super(problem, null, false, false);
  }
}
