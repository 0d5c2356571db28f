package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
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
