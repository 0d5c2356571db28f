package io.sallyport.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cases of which {@code docs/bypass-resistance.md} says that they are refused, where and why. */
final class DocumentedRefusals {

  /** A row of the table: the case's id, and where it is refused. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9-]+)` \\| ([^|]+) \\|", Pattern.MULTILINE);

  private DocumentedRefusals() {}

  static Set<String> of(Container container, Mode mode) throws IOException {
    Path page = Path.of(System.getProperty("docs.folder"), "bypass-resistance.md");
    return ROW.matcher(Files.readString(page))
        .results()
        .filter(row -> isRefused(row.group(2), container, mode))
        .map(row -> row.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isRefused(String where, Container container, Mode mode) {
    boolean lenientUndertow = container == Container.UNDERTOW_2_3 && mode.lenient();
    return switch (where) {
      case "everywhere" -> true;
      case "lenient Undertow only" -> lenientUndertow;
      case "all but lenient Undertow" -> !lenientUndertow;
      default -> throw new IllegalArgumentException("cannot tell where \"" + where + "\" is");
    };
  }
}
