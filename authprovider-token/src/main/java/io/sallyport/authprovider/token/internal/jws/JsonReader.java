package io.sallyport.authprovider.token.internal.jws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text by the letter of RFC 8259: no member twice in an object, at any depth, and no deeper than
 * it was told. Whole numbers are {@link Long}s as far as they fit, all others {@link Double}s.
 *
 * <p>For the thread that made it, and for one text.
 */
final class JsonReader {

  private static final String WHOLE_LITERALS = "true false null";

  private final String text;
  private int at;

  JsonReader(String text) {
    this.text = text;
  }

  /** What the text is not, without a word of it. */
  static final class NotStrictException extends Exception {

    private static final long serialVersionUID = 1L;

    NotStrictException() {
      super("not strict JSON", null, false, false);
    }
  }

  /**
   * The only object of the text.
   *
   * @param depth how many objects and lists may be within each other inside of it
   */
  Map<String, @Nullable Object> object(int depth) throws NotStrictException {
    skipSpace();
    expect('{');
    Map<String, @Nullable Object> members = members(depth);
    skipSpace();
    if (at < text.length()) {
      throw new NotStrictException();
    }
    return members;
  }

  private Map<String, @Nullable Object> members(int depth) throws NotStrictException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    skipSpace();
    if (next('}')) {
      return members;
    }
    do {
      skipSpace();
      expect('"');
      String name = string();
      skipSpace();
      expect(':');
      int before = members.size();
      members.put(name, value(depth));
      if (members.size() == before) {
        throw new NotStrictException();
      }
      skipSpace();
    } while (next(','));
    expect('}');
    return Collections.unmodifiableMap(members);
  }

  private List<@Nullable Object> elements(int depth) throws NotStrictException {
    List<@Nullable Object> elements = new ArrayList<>();
    skipSpace();
    if (next(']')) {
      return elements;
    }
    do {
      elements.add(value(depth));
      skipSpace();
    } while (next(','));
    expect(']');
    return Collections.unmodifiableList(elements);
  }

  private @Nullable Object value(int depth) throws NotStrictException {
    skipSpace();
    if (next('"')) {
      return string();
    }
    if (next('{')) {
      return members(inside(depth));
    }
    if (next('[')) {
      return elements(inside(depth));
    }
    int start = at;
    while (at < text.length() && isOfLiteral(text.charAt(at))) {
      at++;
    }
    return literal(text.substring(start, at));
  }

  private static int inside(int depth) throws NotStrictException {
    if (depth == 0) {
      throw new NotStrictException();
    }
    return depth - 1;
  }

  private static @Nullable Object literal(String word) throws NotStrictException {
    if (word.equals("null")) {
      return null;
    }
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    return number(word);
  }

  private static Object number(String word) throws NotStrictException {
    int digits = word.startsWith("-") ? 1 : 0;
    int whole = digits(word, digits);
    if (whole == digits || (word.charAt(digits) == '0' && whole > digits + 1)) {
      throw new NotStrictException();
    }
    int end = exponent(word, fraction(word, whole));
    if (end != word.length()) {
      throw new NotStrictException();
    }
    return whole == end ? whole(word) : fractional(word);
  }

  private static Object whole(String word) throws NotStrictException {
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException e) {
      return fractional(word); // it is a number, and too large
    }
  }

  private static Double fractional(String word) throws NotStrictException {
    double value = Double.parseDouble(word);
    if (Double.isInfinite(value)) {
      throw new NotStrictException();
    }
    return value;
  }

  private static int fraction(String word, int from) throws NotStrictException {
    if (from == word.length() || word.charAt(from) != '.') {
      return from;
    }
    return atLeastOne(word, from + 1);
  }

  private static int exponent(String word, int from) throws NotStrictException {
    if (from == word.length() || (word.charAt(from) != 'e' && word.charAt(from) != 'E')) {
      return from;
    }
    int start = from + 1;
    boolean signed =
        start < word.length() && (word.charAt(start) == '+' || word.charAt(start) == '-');
    return atLeastOne(word, signed ? start + 1 : start);
  }

  private static int atLeastOne(String word, int from) throws NotStrictException {
    int end = digits(word, from);
    if (end == from) {
      throw new NotStrictException();
    }
    return end;
  }

  private static int digits(String word, int from) {
    int end = from;
    while (end < word.length() && word.charAt(end) >= '0' && word.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean isOfLiteral(char c) {
    return (c >= '0' && c <= '9')
        || c == '-'
        || c == '+'
        || c == '.'
        || c == 'E'
        || (c != ' ' && WHOLE_LITERALS.indexOf(c) >= 0);
  }

  private String string() throws NotStrictException {
    int start = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      plain();
    }
    if (next('"')) {
      return text.substring(start, at - 1);
    }
    StringBuilder read = new StringBuilder().append(text, start, at);
    while (!next('"')) {
      read.append(next('\\') ? escaped() : plain());
    }
    return read.toString();
  }

  private char plain() throws NotStrictException {
    char c = any();
    if (c < ' ') {
      throw new NotStrictException();
    }
    return c;
  }

  private char escaped() throws NotStrictException {
    char c = any();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> throw new NotStrictException();
    };
  }

  private int hex() throws NotStrictException {
    char c = any();
    // digits of other scripts are none here
    int value = c < 0x80 ? Character.digit(c, 16) : -1;
    if (value < 0) {
      throw new NotStrictException();
    }
    return value;
  }

  private char any() throws NotStrictException {
    if (at == text.length()) {
      throw new NotStrictException();
    }
    return text.charAt(at++);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) throws NotStrictException {
    if (!next(c)) {
      throw new NotStrictException();
    }
  }

  private boolean next(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }
}
