package io.sallyport.core.internal.config;

import java.util.List;
import java.util.Map;

/** A part of a document, without any conversion. */
sealed interface Node {

  /** The line on which it begins, counted from 1. */
  int line();

  /** What it is, for messages. */
  String kind();

  /**
   * Text as it is written.
   *
   * @param plain whether it is written without quotes, so that nothing, {@code null} and {@code ~} may
   *     stand for an absent value
   */
  record Scalar(String text, boolean plain, int line) implements Node {

    boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String kind() {
      return isNothing() ? "nothing" : "a text";
    }

    /** Tells nothing of the text, which may be a secret. */
    @Override
    public String toString() {
      return "Scalar[line=" + line + "]";
    }
  }

  /** A list. */
  record Sequence(List<Node> elements, int line) implements Node {

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in their order. */
  record Mapping(Map<String, Member> members, int line) implements Node {

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A value and the line of its key. */
  record Member(Node value, int line) {}
}
