package io.sallyport.authprovider.token.internal.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a {@code keys.yaml}, to which entries are added at its end. Nothing of what stands there is
 * changed; a file in a form to which nothing can be added so is left alone.
 *
 * @param text the whole text
 */
record RingText(String text) {

  static final String FRESH =
      "# Keys that sign and verify tokens, see docs/tokens.md#keys. Each is for the"
          + " one algorithm that it names.\nkeys:\n";

  private static final Pattern TOP = Pattern.compile("(?m)^[^\\s#-][^\\n]*");
  private static final Pattern LIST = Pattern.compile("keys:\\s*(#.*)?\\r?");
  private static final Pattern ITEM = Pattern.compile("(?m)^([ ]*)- +\\S");
  private static final Pattern MEMBER =
      Pattern.compile("(?m)(?:^|[\\s{,-])(kid|sign_until):\\s*['\"]?([^\\s'\",}#]+)");

  /** The names of the keys. */
  List<String> keyIds() {
    return values("kid");
  }

  /**
   * When the last key signs no more; empty if one signs for ever, or there is none.
   *
   * @throws IllegalArgumentException if a time cannot be read
   */
  Optional<Instant> signsUntil() {
    List<String> times = values("sign_until");
    if (times.size() < ITEM.matcher(withoutComments()).results().count()) {
      return Optional.empty();
    }
    try {
      return times.stream().map(KeyRingReader::parsed).max(Instant::compareTo);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the file has a sign_until that is no time", e);
    }
  }

  private List<String> values(String member) {
    List<String> values = new ArrayList<>();
    Matcher found = MEMBER.matcher(withoutComments());
    while (found.find()) {
      if (found.group(1).equals(member)) {
        values.add(found.group(2));
      }
    }
    return values;
  }

  private String withoutComments() {
    return text.replaceAll("(?m)(^|\\s)#.*$", "");
  }

  /** Whether there are no keys yet. */
  boolean hasNoKeys() {
    return !ITEM.matcher(withoutComments()).find();
  }

  /**
   * The text with another entry.
   *
   * @param members the lines of the entry
   * @throws IllegalArgumentException if nothing can be added to this text
   */
  String with(List<String> members) {
    String last = "";
    Matcher top = TOP.matcher(text);
    while (top.find()) {
      last = top.group();
    }
    if (!LIST.matcher(last).matches()) {
      throw new IllegalArgumentException(
          "the file does not end with the list keys:, one \"- kid: …\" below"
              + " the other; write it so, or add the key by hand");
    }
    Matcher item = ITEM.matcher(withoutComments());
    String indent = item.find() ? item.group(1) : "  ";
    StringBuilder more = new StringBuilder(text);
    if (!text.endsWith("\n")) {
      more.append('\n');
    }
    String lead = indent + "- ";
    for (String member : members) {
      more.append(lead).append(member).append('\n');
      lead = indent + "  ";
    }
    return more.toString();
  }
}
