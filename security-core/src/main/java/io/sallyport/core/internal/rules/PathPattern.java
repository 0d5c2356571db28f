package io.sallyport.core.internal.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes paths, segment by segment and case-sensitively.
 *
 * <p>A literal path is exactly that path and no other. An asterisk is one segment, not an empty one, or
 * any part of a segment; <code>{name}</code> is one segment; two asterisks are any number of segments, so
 * that {@code /a/**} includes {@code /a} and {@code /a/}. Everything else stands for itself.
 */
public final class PathPattern {

  static final int MAX_LENGTH = 1024;
  static final int MAX_SEGMENTS = 64;

  private final String text;
  private final List<Segment> segments;

  private PathPattern(String text, List<Segment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
  }

  /**
   * Reads a pattern.
   *
   * @param text the pattern
   * @return the pattern
   * @throws IllegalArgumentException if it is none; the message says why and what to write
   */
  public static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw wrong(text, "must begin with /");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a path must have at most " + MAX_LENGTH + " characters, got " + text.length());
    }
    checkCharacters(text);
    String[] parts = text.substring(1).split("/", -1);
    if (parts.length > MAX_SEGMENTS) {
      throw wrong(text, "must have at most " + MAX_SEGMENTS + " segments");
    }
    List<Segment> segments = new ArrayList<>(parts.length);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].isEmpty() && i < parts.length - 1) {
        throw wrong(
            text,
            "must not have an empty segment (//); where such paths are permitted, ** is for them");
      }
      Segment segment = segment(text, parts[i]);
      if (segment.kind() == Segment.Kind.REST && i > 0 && segment.equals(segments.get(i - 1))) {
        throw wrong(text, "must not repeat **; one covers any number of segments");
      }
      segments.add(segment);
    }
    return new PathPattern(text, segments);
  }

  private static void checkCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (PathCharacters.isControl(c)) {
        throw new IllegalArgumentException("a path must not hold control characters");
      }
      if (c == '%') {
        throw wrong(
            text, "is compared with the decoded path; write the character itself instead of %");
      }
      if (c == '?' || c == '#') {
        throw wrong(text, "must not hold " + c + "; a query is no part of a path");
      }
      if (c == ';' || c == '\\') {
        throw wrong(
            text,
            "must not hold " + c + "; where such paths are permitted, an asterisk is for them");
      }
    }
  }

  private static Segment segment(String text, String part) {
    if (part.equals("**")) {
      return Segment.REST;
    }
    if (part.contains("**")) {
      throw wrong(text, "must have ** as a segment of its own");
    }
    if (part.equals(".") || part.equals("..")) {
      throw wrong(text, "must not have . or .. as a segment");
    }
    if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
      if (!isVariable(part)) {
        throw wrong(
            text, "must have {name} as a segment of its own, the name in letters and digits");
      }
      return Segment.ANY;
    }
    if (part.equals("*")) {
      return Segment.ANY;
    }
    return part.indexOf('*') < 0 ? Segment.literal(part) : Segment.partial(part);
  }

  private static boolean isVariable(String part) {
    int last = part.length() - 1;
    return last > 1
        && part.charAt(0) == '{'
        && part.charAt(last) == '}'
        && part.chars().skip(1).limit(last - 1L).allMatch(PathPattern::isNameCharacter);
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static IllegalArgumentException wrong(String text, String rule) {
    return new IllegalArgumentException("the path \"" + text + "\" " + rule);
  }

  /**
   * Whether a path is described. For single patterns; many of them are {@link AccessRules}.
   *
   * @param path a decoded path
   * @return whether it is
   */
  public boolean matches(String path) {
    return path.startsWith("/") && PatternMatch.of(segments, path);
  }

  List<Segment> segments() {
    return segments;
  }

  /** The spelling with a trailing slash; null if this one covers it anyway or has the slash already. */
  @Nullable
  PathPattern withTrailingSlash() {
    Segment last = segments.get(segments.size() - 1);
    if (last.kind() == Segment.Kind.REST || last.equals(Segment.EMPTY)) {
      return null;
    }
    List<Segment> longer = new ArrayList<>(segments);
    longer.add(Segment.EMPTY);
    return new PathPattern(text + "/", longer);
  }

  /** Whether some path is described by both patterns. */
  boolean overlaps(PathPattern other) {
    return new PatternOverlap(segments, other.segments).exists();
  }

  /**
   * The text of the pattern.
   *
   * @return the text as written
   */
  @Override
  public String toString() {
    return text;
  }

  /**
   * Whether both describe the same paths in the same words; <code>{name}</code> and an asterisk are the
   * same.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathPattern that && segments.equals(that.segments);
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }
}
