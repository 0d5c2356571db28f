package io.sallyport.core.internal.config;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.Node.Mapping;
import io.sallyport.core.internal.config.Node.Member;
import io.sallyport.core.internal.config.Node.Scalar;
import io.sallyport.core.internal.config.Node.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that stand in the code of a host and not in a file: maps, lists and single values. */
public final class ValuesInCode {

  private static final String LABEL = "properties";
  private static final int NO_LINE = 0;

  private ValuesInCode() {}

  /**
   * Settings with these values. Relative paths start from the current folder, and every text means itself.
   *
   * @param values texts, numbers, flags, paths and secrets, lists of them, and maps of all that
   * @param problems where problems go
   * @return the settings
   * @throws IllegalArgumentException if a value is of another type
   */
  public static DocumentSettings of(Map<String, ?> values, Problems problems) {
    var context = new DocumentContext(LABEL, Path.of("").toAbsolutePath(), null, problems);
    return new DocumentSettings(context, mapping(values), "");
  }

  private static Mapping mapping(Map<?, ?> values) {
    Map<String, Member> members = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> members.put(String.valueOf(key), new Member(node(value), NO_LINE)));
    return new Mapping(members, NO_LINE);
  }

  private static Node node(Object value) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map);
    }
    if (value instanceof List<?> list) {
      List<Node> elements = new ArrayList<>();
      list.forEach(element -> elements.add(node(element)));
      return new Sequence(elements, NO_LINE);
    }
    return new Scalar(text(value), false, NO_LINE);
  }

  private static String text(Object value) {
    if (value instanceof Secret secret) {
      return secret.revealText();
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Path) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "expected texts, numbers, flags, paths, secrets, lists and maps, found "
            + (value == null ? "null" : value.getClass().getName()));
  }
}
