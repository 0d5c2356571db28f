package io.sallyport.core.internal.rules;

/**
 * One segment of a {@link PathPattern}.
 *
 * @param kind what it stands for; the order of the constants is the order of precedence
 * @param text the literal or the pattern; empty where the kind says all
 */
record Segment(Kind kind, String text) {

  static final Segment EMPTY = literal("");
  static final Segment ANY = new Segment(Kind.ANY, "");
  static final Segment REST = new Segment(Kind.REST, "");

  enum Kind {
    /** Exactly its text. */
    LITERAL,
    /** A text with an asterisk in it. */
    PARTIAL,
    /** One segment that is not empty. */
    ANY,
    /** Any number of segments, none included. */
    REST
  }

  static Segment literal(String text) {
    return new Segment(Kind.LITERAL, text);
  }

  static Segment partial(String text) {
    return new Segment(Kind.PARTIAL, text);
  }

  /** How much of a segment is spelled out: the more, the more specific. */
  int literalCharacters() {
    return (int) text.chars().filter(c -> c != '*').count();
  }

  /** Whether neither of two different segments is more specific than the other. */
  boolean isAsSpecificAs(Segment other) {
    return kind == other.kind
        && (kind != Kind.PARTIAL || literalCharacters() == other.literalCharacters());
  }

  /** Whether some single segment is described by both; not for {@link Kind#REST}. */
  boolean overlaps(Segment other) {
    if (kind == Kind.ANY || other.kind == Kind.ANY) {
      return !equals(EMPTY) && !other.equals(EMPTY);
    }
    return Wildcard.overlap(text, other.text);
  }
}
