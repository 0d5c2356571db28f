package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries queries on their database before anybody depends on them. They are run for nobody, rather than prepared
 * alone: so it shows at the start as well if the privileges for them are missing. What changes something is only
 * explained.
 */
final class QueryTrial {

  private static final Set<String> MANDATORY =
      Set.of(Columns.ID, Columns.USERNAME, Columns.PASSWORD);

  private final JdbcDatabase database;
  private final Map<Query, NamedSql> queries;
  private final List<String> problems;

  QueryTrial(JdbcDatabase database, Map<Query, NamedSql> queries, List<String> problems) {
    this.database = database;
    this.queries = queries;
    this.problems = problems;
  }

  /** Tries all of them, if the first one does, and tells how ids are stored. */
  IdType run() {
    Optional<Columns> byName = ofUser(Query.FIND_USER, Map.of("username", "", "name_key", ""));
    if (byName.filter(columns -> columns.has(Columns.ID)).isEmpty()) {
      // the others cannot be tried with an id of an unknown type
      return IdType.TEXT;
    }
    IdType ids = byName.get().idType();
    Map<String, Object> nobody = Map.of("id", ids.any(), "username", "");
    ofUser(Query.FIND_USER_BY_ID, nobody).ifPresent(byId -> {
      if (byId.idType() != ids) {
        note(Query.FIND_USER_BY_ID, "answers ids of another type than find_user");
      }
    });
    further(Query.ROLES, Columns.ROLE, nobody);
    further(Query.TENANT_ROLES, Columns.TENANT, nobody);
    further(Query.GROUPS, Columns.GROUP_NAME, nobody);
    describe(Query.CHANGES, Map.of())
        .filter(each -> each.labels().size() != 1)
        .ifPresent(each -> note(Query.CHANGES, "expected a single column"));
    tryUpdate(ids);
    return ids;
  }

  private Optional<Columns> ofUser(Query query, Map<String, Object> nobody) {
    Optional<Columns> described = describe(query, nobody);
    described.ifPresent(columns -> {
      checkLabels(query, columns, true);
      for (String label : new TreeSet<>(MANDATORY)) {
        require(query, columns, label);
      }
      if (columns.has(Columns.TOKENS_NOT_BEFORE) && columns.instantType() == InstantType.NONE) {
        note(query, "tokens_not_before is no timestamp and no number of seconds");
      }
      if (queries.containsKey(Query.UPDATE_PASSWORD) && !columns.has(Columns.PASSWORD_EPOCH)) {
        note(
            query,
            "does not answer password_epoch, which update_password writes: everybody whose hash is"
                + " replaced would be signed out");
      }
    });
    return described;
  }

  private void further(Query query, String mandatory, Map<String, Object> nobody) {
    describe(query, nobody).ifPresent(columns -> {
      checkLabels(query, columns, false);
      require(query, columns, mandatory);
    });
  }

  private void checkLabels(Query query, Columns columns, boolean ofUser) {
    for (String label : columns.labels()) {
      boolean known = Columns.FURTHER.contains(label)
          || label.startsWith(Columns.ATTRIBUTE)
          || (ofUser && Columns.OF_USER.contains(label));
      if (!known) {
        Set<String> expected = new TreeSet<>(Columns.FURTHER);
        expected.addAll(ofUser ? Columns.OF_USER : Set.of());
        note(
            query,
            "answers a column " + label + ", which means nothing here; expected "
                + String.join(", ", expected) + " or " + Columns.ATTRIBUTE
                + "<name>; write … AS <name> or leave"
                + " it out");
      }
    }
    columns.doubled().forEach(label -> note(query, "answers two columns called " + label));
    requireBoth(query, columns, Columns.TENANT_ROLE, Columns.TENANT);
    requireBoth(query, columns, Columns.ATTRIBUTE_NAME, Columns.ATTRIBUTE_VALUE);
    requireBoth(query, columns, Columns.ATTRIBUTE_VALUE, Columns.ATTRIBUTE_NAME);
  }

  private void requireBoth(Query query, Columns columns, String one, String other) {
    if (columns.has(one)) {
      require(query, columns, other);
    }
  }

  private void require(Query query, Columns columns, String label) {
    if (!columns.has(label)) {
      note(query, "answers no column " + label + "; write … AS " + label);
    }
  }

  private Optional<Columns> describe(Query query, Map<String, Object> nobody) {
    NamedSql sql = queries.get(query);
    if (sql == null) {
      return Optional.empty();
    }
    return database.call(connection -> {
      try (PreparedStatement statement = sql.prepare(connection, nobody);
          ResultSet rows = statement.executeQuery()) {
        return Optional.of(Columns.of(rows.getMetaData()));
      } catch (SQLException e) {
        noteFailure(query, e);
        return Optional.empty();
      }
    });
  }

  private void tryUpdate(IdType ids) {
    NamedSql update = queries.get(Query.UPDATE_PASSWORD);
    if (update == null) {
      return;
    }
    Map<String, Object> nobody = Map.of(
        "id",
        ids.any(),
        "expected",
        "",
        "replacement",
        "",
        "password_epoch",
        "",
        "expected_epoch",
        "");
    NamedSql explain = new NamedSql("EXPLAIN " + update.text(), update.parameters());
    database.call(connection -> {
      try (PreparedStatement statement = explain.prepare(connection, nobody)) {
        return statement.execute();
      } catch (SQLException e) {
        noteFailure(Query.UPDATE_PASSWORD, e);
        return false;
      }
    });
  }

  /** There is no row yet whose values a message could show. */
  private void noteFailure(Query query, SQLException failure) {
    note(
        query,
        "database " + database.name() + " says: " + failure.getMessage()
            + (query == Query.UPDATE_PASSWORD
                ? "; grant what is needed, or set upgrade_hashes: false"
                : ""));
  }

  private void note(Query query, String problem) {
    problems.add("queries." + query.key() + ": " + problem);
  }
}
