package io.sallyport.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A case of which {@code docs/bypass-resistance.md} says that it is refused.
 *
 * @param id the case
 * @param where on which containers, in words
 * @param setting the line of {@code security.yaml} that lets it through, null if none does
 */
record DocumentedRefusal(String id, String where, @Nullable String setting) {

  /** A row of the table: case, where, why, and the setting between backticks if there is one. */
  private static final Pattern ROW = Pattern.compile(
      "^\\| `([a-z0-9-]+)` \\| ([^|]+) \\| [^|]+ \\| (?:`([^`|]+)`)?[^|]*\\|$", Pattern.MULTILINE);

  static List<DocumentedRefusal> all() throws IOException {
    Path page = Path.of(System.getProperty("docs.folder"), "bypass-resistance.md");
    return ROW.matcher(Files.readString(page))
        .results()
        .map((MatchResult row) -> new DocumentedRefusal(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  /** What is refused in one place. */
  static Set<String> of(Container container, Mode mode) throws IOException {
    return all().stream()
        .filter(refusal -> refusal.isIn(container, mode))
        .map(DocumentedRefusal::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isIn(Container container, Mode mode) {
    boolean lenientUndertow = container == Container.UNDERTOW_2_3 && mode.lenient();
    return switch (where) {
      case "everywhere" -> true;
      case "lenient Undertow only" -> lenientUndertow;
      case "all but lenient Undertow" -> !lenientUndertow;
      default -> throw new IllegalArgumentException("cannot tell where \"" + where + "\" is");
    };
  }

  Optional<String> remedy() {
    return Optional.ofNullable(setting);
  }
}
