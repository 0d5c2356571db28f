package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.userstore.jdbc.internal.connection.SharedDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queries of a store, tried out on its database.
 *
 * @param database the database
 * @param queries what is asked there
 * @param ids how ids are stored
 */
record CheckedQueries(JdbcDatabase database, UserQueries queries, IdType ids) {

  private static final String COUNT_CHANGE =
      "UPDATE sallyport_changes SET counter = counter + 1 WHERE part = 'users'";

  /**
   * Reads what the entry says, and tries it.
   *
   * @throws InvalidSettingsException with all that is wrong with the queries
   */
  static CheckedQueries read(Settings settings, ProviderContext context, NameRule names) {
    QueryTexts texts = QueryTexts.read(settings);
    boolean upgrading = settings.flag("upgrade_hashes", true);
    boolean completing = settings.flag("complete_name_keys", false);
    JdbcDatabase database = texts.usesOurTables()
        ? SharedDatabase.open(settings, context, SchemaPart.USERS)
        : SharedDatabase.open(settings, context);
    CheckedQueries checked = check(database, texts, names, upgrading);
    if (names == NameRule.FOLDED && texts.usesOurTables() && !texts.isOwn(Query.FIND_USER)) {
      NameKeys.require(database, completing);
    }
    return checked;
  }

  private static CheckedQueries check(
      JdbcDatabase database, QueryTexts texts, NameRule names, boolean upgrading) {
    Map<Query, String> all = texts.all(database.dialect(), names);
    if (!upgrading) {
      all.remove(Query.UPDATE_PASSWORD);
    }
    List<String> problems = new ArrayList<>();
    if (names == NameRule.FOLDED && !texts.usesOurTables() && !texts.isOwn(Query.FIND_USER)) {
      problems.add("case_insensitive: the tables of queries: " + texts.setName()
          + " have no such names; write find_user yourself, with :username where their collation ignores"
          + " case and accents, or with :name_key");
    }
    Map<Query, NamedSql> parsed = new EnumMap<>(Query.class);
    all.forEach((query, text) -> QueryForm.parse(query, text, names, database.dialect(), problems)
        .ifPresent(sql -> parsed.put(query, sql)));
    for (Query query : List.of(Query.FIND_USER, Query.FIND_USER_BY_ID)) {
      if (!all.containsKey(query)) {
        problems.add("queries." + query.key() + " is missing; write it, or name a set: sallyport,"
            + " spring_security, spring_security_groups or tomcat");
      }
    }
    failOn(problems);
    IdType ids = new QueryTrial(database, parsed, problems).run();
    failOn(problems);
    return new CheckedQueries(database, queries(parsed, texts, database), ids);
  }

  private static UserQueries queries(
      Map<Query, NamedSql> parsed, QueryTexts texts, JdbcDatabase database) {
    return new UserQueries(
        requireNonNull(parsed.get(Query.FIND_USER)),
        requireNonNull(parsed.get(Query.FIND_USER_BY_ID)),
        Query.FURTHER.stream()
            .map(parsed::get)
            .flatMap(each -> Optional.ofNullable(each).stream())
            .toList(),
        Optional.ofNullable(parsed.get(Query.UPDATE_PASSWORD)),
        Optional.ofNullable(parsed.get(Query.CHANGES)),
        texts.usesOurTables()
            ? Optional.of(NamedSql.parse(COUNT_CHANGE, database.dialect()))
            : Optional.empty());
  }

  private static void failOn(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(String.join("\n  ", problems));
    }
  }
}
