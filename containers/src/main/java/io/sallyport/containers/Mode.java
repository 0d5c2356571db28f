package io.sallyport.containers;

/** In what way a container runs the host application. */
enum Mode {
  DEFAULT("default", false, "", false),
  LENIENT("lenient", true, "", false),
  CONTEXT("context", false, "/app", false),
  FRONT("front", false, "", true),
  FRONT_LENIENT("front-lenient", true, "", true);

  private final String label;
  private final boolean lenient;
  private final String contextPath;
  private final boolean front;

  Mode(String label, boolean lenient, String contextPath, boolean front) {
    this.label = label;
    this.lenient = lenient;
    this.contextPath = contextPath;
    this.front = front;
  }

  /** Whether the container lets through every URI that it can be made to let through. */
  boolean lenient() {
    return lenient;
  }

  /** Where the application lies, empty for the root. */
  String contextPath() {
    return contextPath;
  }

  /** Whether all handlers are behind one servlet on {@code /}, as behind a framework's. */
  boolean front() {
    return front;
  }

  @Override
  public String toString() {
    return label;
  }
}
