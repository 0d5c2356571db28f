package io.sallyport.core.internal.config;

/** The document cannot be read any further. The message never holds a part of the document. */
final class BrokenDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String text;

  BrokenDocumentException(int line, String text) {
    super(text);
    this.line = line;
    this.text = text;
  }

  int line() {
    return line;
  }

  String text() {
    return text;
  }
}
