package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement whose parameters have names, such as {@code :username}. Each is bound, wherever it stands; none is
 * ever put into the text.
 *
 * @param text the statement with a question mark for each parameter
 * @param parameters the name of each, in their order
 */
record NamedSql(String text, List<String> parameters) {

  /** What is passed over: literals, quoted names, comments, texts between dollars, casts; and what matters. */
  private static final String TOKENS = "%s|\"[^\"]*+\"|`[^`]*+`|--[^\\n]*+|(?s:/\\*.*?\\*/)"
      + "|(?<![\\w$])\\$(?<tag>(?:[A-Za-z_]\\w*)?)\\$(?s:.*?)\\$\\k<tag>\\$|::|\\?\\?"
      + "|:(?<name>[A-Za-z_]\\w*)|(?<mark>[?;])";

  private static final Pattern STANDARD = Pattern.compile(TOKENS.formatted("'[^']*+'"));

  /** Where a backslash keeps a quote from ending the literal, and a number sign begins a comment. */
  private static final Pattern MARIADB =
      Pattern.compile(TOKENS.formatted("(?s:'(?:[^'\\\\]++|\\\\.)*+')|#[^\\n]*+"));

  NamedSql {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a statement.
   *
   * @throws IllegalArgumentException if it has parameters without a name, or is more than one statement
   */
  static NamedSql parse(String sql, Dialect dialect) {
    String statement = withoutEnd(sql);
    List<String> names = new ArrayList<>();
    StringBuilder text = new StringBuilder(statement.length());
    Matcher token = (dialect == Dialect.MARIADB ? MARIADB : STANDARD).matcher(statement);
    while (token.find()) {
      if (token.group("mark") != null) {
        throw new IllegalArgumentException(
            token.group("mark").equals(";")
                ? "expected a single statement"
                : "expected parameters with names, such as :username, instead of ?");
      }
      String name = token.group("name");
      if (name != null) {
        names.add(name);
      }
      token.appendReplacement(text, Matcher.quoteReplacement(name == null ? token.group() : "?"));
    }
    token.appendTail(text);
    return new NamedSql(text.toString(), names);
  }

  private static String withoutEnd(String sql) {
    String stripped = sql.strip();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  /** Prepares it with these values, of which it may use some several times and others not at all. */
  PreparedStatement prepare(Connection connection, Map<String, Object> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, requireNonNull(values.get(parameters.get(i))));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
