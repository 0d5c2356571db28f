package io.sallyport.core.internal.http;

import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenQuery.Sort;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which stored tokens a caller wants listed.
 *
 * @param query the query, of everybody's tokens
 * @param include the members that each token is to have, empty for all
 */
public record TokenListing(TokenQuery query, Set<String> include) {

  private static final Map<String, Sort> SORTS = new TreeMap<>(Map.of(
      "id", Sort.ID,
      "username", Sort.USERNAME,
      "description", Sort.DESCRIPTION,
      "created", Sort.CREATED,
      "created_at", Sort.CREATED,
      "expires", Sort.EXPIRES,
      "expiration_date", Sort.EXPIRES,
      "last_used", Sort.LAST_USED));
  private static final Set<String> KNOWN =
      Set.of("_size", "_offset", "_sort", "_search", "_include", "id", "username", "description");
  /** What existing clients send with every list, and what means nothing to this one. */
  private static final Set<String> PASSED_OVER = Set.of("_get_data", "_all_tenants");

  /**
   * Reads the parameters of a list.
   *
   * @param parameters the parameters of the query
   * @return what is wanted
   * @throws IllegalArgumentException if there is no such list; the message is for the caller
   */
  public static TokenListing of(Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!KNOWN.contains(name) && !PASSED_OVER.contains(name)) {
        throw new IllegalArgumentException(
            "Lists of tokens know the parameters _size, _offset, _sort,"
                + " _search, _include, id, username and description, and no others.");
      }
    }
    String search = parameters.get("_search");
    String description = parameters.get("description");
    if (search != null && description != null) {
      throw new IllegalArgumentException("Say either _search or description; both look there.");
    }
    String sort = parameters.getOrDefault("_sort", "id");
    boolean descending = sort.startsWith("-");
    @Nullable Sort by = SORTS.get(descending || sort.startsWith("+") ? sort.substring(1) : sort);
    if (by == null) {
      throw new IllegalArgumentException("_sort must be one of " + SORTS.keySet()
          + ", with a minus sign before it to turn the order round.");
    }
    return new TokenListing(
        new TokenQuery(
            null,
            parameters.get("id"),
            parameters.get("username"),
            search == null ? description : search,
            by,
            descending,
            number(parameters, "_offset", 0, Integer.MAX_VALUE),
            number(parameters, "_size", TokenQuery.MAX_SIZE, TokenQuery.MAX_SIZE)),
        include(parameters.get("_include")));
  }

  private static int number(Map<String, String> parameters, String name, int fallback, int most) {
    String text = parameters.get(name);
    if (text == null) {
      return fallback;
    }
    long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
    if (number < 0 || number > most) {
      throw new IllegalArgumentException(name + " must be a whole number from 0 to " + most + ".");
    }
    return (int) number;
  }

  private static Set<String> include(@Nullable String names) {
    return names == null || names.isEmpty()
        ? Set.of()
        : new LinkedHashSet<>(List.of(names.split(",", -1)));
  }

  /**
   * The query for the tokens of one owner.
   *
   * @param owner whose tokens
   * @param onlyId the only token that there is for the caller, null if there are all of the owner's
   * @return the query
   */
  public TokenQuery of(TokenOwner owner, @Nullable String onlyId) {
    return new TokenQuery(
        owner,
        onlyId == null ? query.id() : onlyId,
        query.username(),
        query.description(),
        query.sort(),
        query.descending(),
        query.offset(),
        query.size());
  }
}
