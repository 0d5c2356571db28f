package io.sallyport.core.internal.config;

/** The document cannot be read any further. The message never holds a part of the document. */
final class BrokenDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  BrokenDocumentException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
