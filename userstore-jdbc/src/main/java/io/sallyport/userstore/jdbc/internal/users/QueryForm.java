package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What can be told of a query by its text: whether it has the parameters that it needs, and no others. */
final class QueryForm {

  private QueryForm() {}

  static Optional<NamedSql> parse(
      Query query, String text, NameRule names, Dialect dialect, List<String> problems) {
    try {
      NamedSql parsed = NamedSql.parse(text, dialect);
      checkParameters(query, parsed, names)
          .ifPresent(problem -> problems.add("queries." + query.key() + ": " + problem));
      return Optional.of(parsed);
    } catch (IllegalArgumentException e) {
      problems.add("queries." + query.key() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> checkParameters(Query query, NamedSql sql, NameRule names) {
    Set<String> used = Set.copyOf(sql.parameters());
    Set<String> permitted = permitted(query, names);
    Set<String> missing = without(query.required(), used);
    Set<String> unknown = without(used, permitted);
    if (!unknown.isEmpty()) {
      return Optional.of(
          "does not know the parameter " + list(unknown) + "; it may use " + list(permitted));
    }
    if (!missing.isEmpty()) {
      return Optional.of("lacks the parameter " + list(missing)
          + (query == Query.UPDATE_PASSWORD
              ? ": it must replace the hash only if it is the expected one, and keep the epoch, or"
                  + " everybody whose hash is replaced would be signed out"
              : ""));
    }
    return query.isAboutSomebody() && used.isEmpty()
        ? Optional.of("is about nobody; it must use " + list(permitted))
        : Optional.empty();
  }

  private static Set<String> permitted(Query query, NameRule names) {
    return query == Query.FIND_USER && names == NameRule.EXACT
        ? Set.of("username")
        : query.permitted();
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static String list(Set<String> names) {
    return ":" + String.join(", :", new TreeSet<>(names));
  }
}
