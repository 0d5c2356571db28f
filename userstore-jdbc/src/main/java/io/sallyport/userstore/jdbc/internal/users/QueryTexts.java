package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.spi.Settings;
import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The queries that an entry of the configuration names or writes.
 *
 * @param set what is ready-made; empty if all is written out
 * @param own what is written out
 */
record QueryTexts(Optional<QuerySet> set, Map<Query, String> own) {

  private static final String QUERIES = "queries";
  private static final String SET = "set";

  QueryTexts {
    own = Map.copyOf(own);
  }

  static QueryTexts read(Settings settings) {
    if (!settings.has(QUERIES) || settings.isText(QUERIES)) {
      return new QueryTexts(
          Optional.of(settings.choice(QUERIES, QuerySet.class, QuerySet.SALLYPORT)), Map.of());
    }
    Settings section = settings.section(QUERIES);
    Map<Query, String> own = new EnumMap<>(Query.class);
    for (Query query : Query.values()) {
      section.optionalText(query.key()).ifPresent(text -> own.put(query, text));
    }
    return new QueryTexts(
        section.has(SET)
            ? Optional.of(section.choice(SET, QuerySet.class, QuerySet.SALLYPORT))
            : Optional.empty(),
        own);
  }

  boolean usesOurTables() {
    return set.equals(Optional.of(QuerySet.SALLYPORT));
  }

  boolean isOwn(Query query) {
    return own.containsKey(query);
  }

  /** All of them, in the SQL of a database. */
  Map<Query, String> all(Dialect dialect, NameRule names) {
    Map<Query, String> all = new EnumMap<>(Query.class);
    set.ifPresent(each -> all.putAll(each.queries(dialect, names)));
    all.putAll(own);
    return all;
  }

  /** How the set is called in the configuration. */
  String setName() {
    return set.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("none");
  }
}
