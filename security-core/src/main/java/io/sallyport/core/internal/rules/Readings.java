package io.sallyport.core.internal.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways in which a path may be read that {@link RawPath} let pass: an escape kept or decoded, a backslash
 * kept or taken for a slash, empty segments kept or merged, dot segments kept or resolved, before the
 * decoding or after it. Each way is taken throughout a path.
 *
 * <p>Used only where the configuration permits such forms; a path without them has one reading.
 */
final class Readings {

  static final String SLASH = "%2F";
  static final String BACKSLASH = "%5C";
  static final String SEMICOLON = "%3B";
  static final String PERCENT = "%25";

  private Readings() {}

  /**
   * All readings of a path that may be the container's.
   *
   * @param path what {@link RawPath} made of it
   * @param told what the container says, in which an escape can be one that it has kept
   */
  static Set<String> of(String path, String told) {
    Set<String> readings = tidied(Set.of(path));
    readings = each(readings, path, "\\", List.of("\\", "/"));
    readings = each(readings, path, SLASH, kept(SLASH, told, "/"));
    readings = each(readings, path, BACKSLASH, kept(BACKSLASH, told, "\\", "/"));
    readings = each(readings, path, SEMICOLON, kept(SEMICOLON, told, ";"));
    // the last, so that it makes no escape of what was none
    readings = each(readings, path, PERCENT, kept(PERCENT, told, "%"));
    return tidied(readings);
  }

  private static List<String> kept(String escape, String told, String... decoded) {
    boolean mayBeKept = told.contains(escape) || told.contains(escape.toLowerCase(Locale.ROOT));
    return Stream.concat(Stream.of(decoded), mayBeKept ? Stream.of(escape) : Stream.empty())
        .toList();
  }

  private static Set<String> each(
      Set<String> readings, String path, String form, List<String> meanings) {
    if (!path.contains(form)) {
      return readings;
    }
    return readings.stream()
        .flatMap(reading -> meanings.stream().map(meaning -> reading.replace(form, meaning)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> tidied(Set<String> readings) {
    Set<String> all = new LinkedHashSet<>(readings);
    List<UnaryOperator<String>> ways =
        List.of(Readings::resolved, Readings::merged, path -> resolved(merged(path)));
    for (UnaryOperator<String> way : ways) {
      readings.forEach(reading -> all.add(way.apply(reading)));
    }
    return all;
  }

  /** Without empty segments. */
  private static String merged(String path) {
    StringBuilder merged = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || i == 0 || path.charAt(i - 1) != '/') {
        merged.append(c);
      }
    }
    return merged.toString();
  }

  /** Without dot segments, as RFC 3986 section 5.2.4 has it. */
  private static String resolved(String path) {
    StringBuilder resolved = new StringBuilder(path.length());
    int start = 0;
    while (start < path.length()) {
      int next = path.indexOf('/', start + 1);
      int end = next < 0 ? path.length() : next;
      if (!PathCharacters.isDots(path, start + 1, end)) {
        resolved.append(path, start, end);
      } else {
        if (end - start == 3) {
          resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
        }
        if (next < 0) {
          resolved.append('/');
        }
      }
      start = end;
    }
    return resolved.toString();
  }

  /** A path with the letters of kept escapes in capitals, as {@link RawPath} writes them. */
  static String inCapitals(String path) {
    return path.indexOf('%') < 0
        ? path
        : path.replace("%2f", SLASH).replace("%5c", BACKSLASH).replace("%3b", SEMICOLON);
  }
}
