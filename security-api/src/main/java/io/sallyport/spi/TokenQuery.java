package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.TokenOwner;
import org.jspecify.annotations.Nullable;

/**
 * Which stored tokens are wanted, and which page of them. Refresh tokens are never among them.
 *
 * @param owner whose tokens, null for everybody's
 * @param id the exact id, null for any
 * @param username the exact name that the owner had when the token was made, null for any
 * @param description a part of the description in its exact spelling, null for any
 * @param sort by what they are sorted, texts by their UTF-16 code units
 * @param descending whether the greatest value comes first; in either order what lacks the value comes last, and
 *     equal values are in ascending order of their ids
 * @param offset how many are passed over, 0 or more
 * @param size how many are wanted at most, 0 to {@value #MAX_SIZE}
 * @since 0.1
 */
public record TokenQuery(
    @Nullable TokenOwner owner,
    @Nullable String id,
    @Nullable String username,
    @Nullable String description,
    Sort sort,
    boolean descending,
    int offset,
    int size) {

  /** The most tokens of one page. */
  public static final int MAX_SIZE = 1000;

  /** By what tokens are sorted. */
  public enum Sort {
    /** By {@link io.sallyport.api.StoredToken#id()}. */
    ID,
    /** By {@link io.sallyport.api.StoredToken#username()}. */
    USERNAME,
    /** By {@link io.sallyport.api.StoredToken#description()}. */
    DESCRIPTION,
    /** By {@link io.sallyport.api.StoredToken#createdAt()}. */
    CREATED,
    /** By {@link io.sallyport.api.StoredToken#expiresAt()}. */
    EXPIRES,
    /** By {@link io.sallyport.api.StoredToken#lastUsedAt()}. */
    LAST_USED
  }

  /**
   * A query.
   *
   * @param owner whose tokens, or null
   * @param id the exact id, or null
   * @param username the exact name, or null
   * @param description a part of the description, or null
   * @param sort by what they are sorted
   * @param descending whether the order is turned round
   * @param offset how many are passed over
   * @param size how many are wanted at most
   * @throws IllegalArgumentException if offset or size are out of bounds
   */
  public TokenQuery {
    requireNonNull(sort, "sort");
    if (offset < 0 || size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("offset must be 0 or more and size 0 to " + MAX_SIZE
          + ", got offset " + offset + " and size " + size);
    }
  }

  /**
   * All tokens of an owner that fit on one page, by id.
   *
   * @param owner whose tokens
   * @return the query
   */
  public static TokenQuery of(TokenOwner owner) {
    return new TokenQuery(
        requireNonNull(owner, "owner"), null, null, null, Sort.ID, false, 0, MAX_SIZE);
  }
}
