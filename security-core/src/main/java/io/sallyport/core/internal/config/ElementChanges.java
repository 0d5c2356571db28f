package io.sallyport.core.internal.config;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.PlacingCursor.PlacedElement;
import io.sallyport.core.internal.config.PlacingCursor.PlacedMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out how an element is to be changed so that it has other texts, and is the same otherwise. */
final class ElementChanges {

  /** What needs no escape, however it is quoted. */
  private static final Pattern SIMPLE = Pattern.compile("[!-~&&[^\"'\\\\]]{1,8192}");

  /** What is a text without quotes, outside of brackets. */
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("\\$[\\w$./+=,-]*");

  private final boolean json;

  ElementChanges(boolean json) {
    this.json = json;
  }

  /** The changes of an element; none if it is written in a way that is not changed. */
  List<TextChange> of(PlacedElement element, Map<String, Secret> texts) {
    List<TextChange> changes = new ArrayList<>();
    for (var wanted : texts.entrySet()) {
      String text = simple(wanted.getValue());
      PlacedMember member = element.members().get(wanted.getKey());
      Optional<TextChange> change = member == null
          ? insertion(element, simple(Secret.ofText(wanted.getKey())), text)
          : replacement(member, element.bracketed(), text);
      if (change.isEmpty()) {
        return List.of();
      }
      changes.add(change.get());
    }
    return changes;
  }

  private static String simple(Secret text) {
    String revealed = text.revealText();
    if (!SIMPLE.matcher(revealed).matches()) {
      throw new IllegalArgumentException(
          "a text to be written must be 1 to 8192 printable ASCII characters without quotes and"
              + " backslashes");
    }
    return revealed;
  }

  /** Before the first key, where no comment and no end of a text can be in the way. */
  private Optional<TextChange> insertion(PlacedElement element, String key, String text) {
    return element.members().values().stream()
        .map(PlacedMember::key)
        .min(Comparator.comparingLong(Place::start))
        .map(first -> {
          String separator = element.bracketed() ? ", " : "\n" + " ".repeat(first.column());
          String line = (json ? quoted(key) : key) + ": " + quoted(text) + separator;
          return new TextChange(first.start(), first.start(), nothing -> line);
        });
  }

  private Optional<TextChange> replacement(PlacedMember member, boolean bracketed, String text) {
    Place place = member.value();
    if (place == null) {
      return Optional.empty();
    }
    boolean unquoted = place.style() == Place.Style.PLAIN
        && !bracketed
        && NEEDS_NO_QUOTES.matcher(text).matches();
    return Optional.of(new TextChange(
        place.start(),
        place.end(),
        before -> place.style() == Place.Style.BLOCK
            ? inBlock(before, text)
            : separator(before) + (unquoted ? text : inQuotesOf(before, text))));
  }

  /** Nothing at all may follow the colon directly. */
  private static String separator(String before) {
    return before.isEmpty() ? " " : "";
  }

  private static String inQuotesOf(String before, String text) {
    return before.startsWith("'") ? "'" + text + "'" : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** A text on a line of its own, below a first line that may have a comment. */
  private static String inBlock(String before, String text) {
    int firstLine = before.indexOf('\n') + 1;
    String below = before.substring(firstLine);
    String old = below.strip();
    int start = below.indexOf(old);
    return before.substring(0, firstLine)
        + below.substring(0, start)
        + text
        + below.substring(start + old.length());
  }
}
