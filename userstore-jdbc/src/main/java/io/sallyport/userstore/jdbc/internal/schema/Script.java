package io.sallyport.userstore.jdbc.internal.schema;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of our scripts. It ends a statement with a semicolon at the end of a line, and can be applied again where it
 * was applied halfway. What it makes is what the part needs, so that it is said in one place.
 */
record Script(String path, List<String> statements) {

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \t\r]*(?:\n|$)");
  private static final Pattern TABLE =
      Pattern.compile("(?is)\\s*CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(\\w+)\\s*\\((.*)");
  private static final Set<String> NO_COLUMN =
      Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "KEY", "INDEX");

  /** The script that makes a part. */
  static Script of(SchemaPart part, Dialect dialect) {
    String path = "/io/sallyport/userstore/jdbc/schema/" + dialect.folder() + "/" + part.script();
    return new Script(path, statements(read(path)));
  }

  static List<String> statements(String text) {
    String bare = COMMENT.matcher(text).replaceAll("");
    return END_OF_STATEMENT
        .splitAsStream(bare)
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static String read(String path) {
    try (InputStream script = Script.class.getResourceAsStream(path)) {
      if (script == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar's " + path + " cannot be read", e);
    }
  }

  /** The columns of each table that it makes. */
  Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (String each : statements) {
      Matcher table = TABLE.matcher(each);
      if (table.matches()) {
        tables.put(table.group(1), columns(table.group(2)));
      }
    }
    return tables;
  }

  /** The first word of each definition, up to the closing parenthesis. */
  private static List<String> columns(String definitions) {
    List<String> columns = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < definitions.length() && depth >= 0; i++) {
      char c = definitions.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if (depth < 0 || (depth == 0 && c == ',')) {
        String word = definitions.substring(start, i).strip().split("\\W", 2)[0];
        if (!NO_COLUMN.contains(word.toUpperCase(Locale.ROOT))) {
          columns.add(word);
        }
        start = i + 1;
      }
    }
    return columns;
  }
}
