package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a credential may be used for at most, whatever its user may do. The gate applies them itself,
 * before and regardless of the {@link io.sallyport.spi.AuthorizationProvider}.
 *
 * <p>Each kind is absent (no restriction) or a list (nothing else is permitted).
 *
 * @since 0.1
 */
public final class Restrictions {

  private static final Restrictions NONE = new Restrictions(null, null, null, null);

  private final @Nullable Set<String> roles;
  private final @Nullable Set<String> tenants;
  private final @Nullable List<String> endpoints;
  private final @Nullable Instant notAfter;

  private Restrictions(
      @Nullable Set<String> roles,
      @Nullable Set<String> tenants,
      @Nullable List<String> endpoints,
      @Nullable Instant notAfter) {
    this.roles = roles;
    this.tenants = tenants;
    this.endpoints = endpoints;
    this.notAfter = notAfter;
  }

  /**
   * No restriction at all.
   *
   * @return the restrictions of a password, say
   */
  public static Restrictions none() {
    return NONE;
  }

  /**
   * These restrictions, and no roles but these.
   *
   * @param permitted the only roles that count
   * @return new restrictions
   */
  public Restrictions withRoles(Set<String> permitted) {
    return new Restrictions(Set.copyOf(permitted), tenants, endpoints, notAfter);
  }

  /**
   * These restrictions, and no tenants but these.
   *
   * @param permitted the only tenants that may be named
   * @return new restrictions
   */
  public Restrictions withTenants(Set<String> permitted) {
    return new Restrictions(roles, Set.copyOf(permitted), endpoints, notAfter);
  }

  /**
   * These restrictions, and no endpoints but these.
   *
   * @param permitted endpoints in the form of {@code open_endpoints}, such as {@code GET /blueprints/**}
   * @return new restrictions
   */
  public Restrictions withEndpoints(List<String> permitted) {
    return new Restrictions(roles, tenants, List.copyOf(permitted), notAfter);
  }

  /**
   * These restrictions, and no use from an instant on.
   *
   * @param end the first instant at which the credential is no longer good
   * @return new restrictions
   */
  public Restrictions withNotAfter(Instant end) {
    return new Restrictions(roles, tenants, endpoints, requireNonNull(end, "end"));
  }

  /**
   * The only roles that count.
   *
   * @return empty if all of the user's roles count
   */
  public Optional<Set<String>> roles() {
    return Optional.ofNullable(roles);
  }

  /**
   * The only tenants that may be named.
   *
   * @return empty if all of the user's tenants may be named
   */
  public Optional<Set<String>> tenants() {
    return Optional.ofNullable(tenants);
  }

  /**
   * The only endpoints that may be asked.
   *
   * @return empty if all may be asked
   */
  public Optional<List<String>> endpoints() {
    return Optional.ofNullable(endpoints);
  }

  /**
   * When the credential ends.
   *
   * @return the first instant at which it is no longer good; empty if it does not end by itself
   */
  public Optional<Instant> notAfter() {
    return Optional.ofNullable(notAfter);
  }

  /**
   * Whether this is restricted to some roles, tenants or endpoints; an end alone is no such restriction.
   *
   * @return whether a credential with these restrictions is good for less than its user
   */
  public boolean isScoped() {
    return roles != null || tenants != null || endpoints != null;
  }

  /**
   * Whether a credential with these restrictions is good for nothing that one with others is not good for,
   * its end left aside.
   *
   * <p>Endpoints are compared by their text: a list is within another if each of its elements is in that one.
   *
   * @param other the others
   * @return false where that cannot be seen
   */
  public boolean isWithin(Restrictions other) {
    return isWithin(roles, other.roles)
        && isWithin(tenants, other.tenants)
        && isWithin(endpoints, other.endpoints);
  }

  private static boolean isWithin(
      @Nullable Collection<String> these, @Nullable Collection<String> others) {
    return others == null || (these != null && others.containsAll(these));
  }

  /**
   * These restrictions as far as they are restricted, and others for the rest: what is restricted by both must be within
   * {@code other} already, see {@link #isWithin}. The earlier end holds.
   *
   * @param other what must hold as well
   * @return restrictions that are within both
   * @throws IllegalArgumentException if a kind that is restricted by both is not within {@code other}
   */
  public Restrictions narrowing(Restrictions other) {
    if ((roles != null && !isWithin(roles, other.roles))
        || (tenants != null && !isWithin(tenants, other.tenants))
        || (endpoints != null && !isWithin(endpoints, other.endpoints))) {
      throw new IllegalArgumentException("more is wished for than the credential is good for");
    }
    return new Restrictions(
        roles != null ? roles : other.roles,
        tenants != null ? tenants : other.tenants,
        endpoints != null ? endpoints : other.endpoints,
        earlier(notAfter, other.notAfter));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    return one.isBefore(two) ? one : two;
  }

  /**
   * These restrictions without an end.
   *
   * @return new restrictions
   */
  public Restrictions withoutEnd() {
    return notAfter == null ? this : new Restrictions(roles, tenants, endpoints, null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Restrictions that
        && Objects.equals(roles, that.roles)
        && Objects.equals(tenants, that.tenants)
        && Objects.equals(endpoints, that.endpoints)
        && Objects.equals(notAfter, that.notAfter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(roles, tenants, endpoints, notAfter);
  }

  @Override
  public String toString() {
    return "Restrictions[roles=" + roles + ", tenants=" + tenants + ", endpoints=" + endpoints
        + ", notAfter=" + notAfter + "]";
  }
}
