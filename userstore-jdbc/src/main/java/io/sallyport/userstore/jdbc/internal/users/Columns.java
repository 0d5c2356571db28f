package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an answer by their labels, in any case since databases change it.
 *
 * @param positions where each label stands
 * @param doubled labels that stand there more than once
 * @param instantType how instants are read
 * @param idType how ids are written; text where there is none
 */
record Columns(
    Map<String, Integer> positions, List<String> doubled, InstantType instantType, IdType idType) {

  static final String ID = "id";
  static final String USERNAME = "username";
  static final String PASSWORD = "password";
  static final String ACTIVE = "active";
  static final String LOCKED = "locked";
  static final String PASSWORD_EPOCH = "password_epoch";
  static final String TOKENS_NOT_BEFORE = "tokens_not_before";
  static final String ROLE = "role";
  static final String TENANT = "tenant";
  static final String TENANT_ROLE = "tenant_role";
  static final String GROUP_NAME = "group_name";
  static final String ATTRIBUTE_NAME = "attribute_name";
  static final String ATTRIBUTE_VALUE = "attribute_value";

  /** How a column is called whose label tells the name of an attribute. */
  static final String ATTRIBUTE = "attribute_";

  static final Set<String> OF_USER =
      Set.of(ID, USERNAME, PASSWORD, ACTIVE, LOCKED, PASSWORD_EPOCH, TOKENS_NOT_BEFORE);
  static final Set<String> FURTHER =
      Set.of(ROLE, TENANT, TENANT_ROLE, GROUP_NAME, ATTRIBUTE_NAME, ATTRIBUTE_VALUE);

  static Columns of(ResultSetMetaData columns) throws SQLException {
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<String> doubled = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String label = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
      if (positions.putIfAbsent(label, i) != null) {
        doubled.add(label);
      }
    }
    Integer instant = positions.get(TOKENS_NOT_BEFORE);
    Integer id = positions.get(ID);
    return new Columns(
        positions,
        doubled,
        instant == null ? InstantType.NONE : InstantType.of(columns, instant),
        id == null ? IdType.TEXT : IdType.of(columns, id));
  }

  Collection<String> labels() {
    return positions.keySet();
  }

  boolean has(String label) {
    return positions.containsKey(label);
  }

  int position(String label) {
    return requireNonNull(positions.get(label));
  }

  /** The text of a column, or null if there is no such column or nothing in it. */
  @Nullable
  String text(ResultSet row, String label) throws SQLException {
    Integer position = positions.get(label);
    return position == null ? null : row.getString(position);
  }

  /** A text that is something. */
  @Nullable
  String something(ResultSet row, String label) throws SQLException {
    String text = text(row, label);
    return text == null || text.isEmpty() ? null : text;
  }
}
