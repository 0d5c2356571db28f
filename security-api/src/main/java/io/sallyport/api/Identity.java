package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, how that was found out, and what the credential is good for.
 *
 * <p>Two identities are the same person if {@link #store()} and {@link #id()} are equal; equal names
 * in two stores are two users.
 *
 * @since 0.1
 */
public final class Identity {

  private final String provider;
  private final String store;
  private final String id;
  private final String name;
  private final Set<String> roles;
  private final Map<String, Set<String>> tenantRoles;
  private final Set<String> groups;
  private final Map<String, String> attributes;
  private final @Nullable SecurityStamp securityStamp;
  private final Evidence evidence;

  private Identity(
      String provider,
      String store,
      String id,
      String name,
      Set<String> roles,
      Map<String, Set<String>> tenantRoles,
      Set<String> groups,
      Map<String, String> attributes,
      @Nullable SecurityStamp securityStamp,
      Evidence evidence) {
    this.provider = provider;
    this.store = store;
    this.id = id;
    this.name = name;
    this.roles = roles;
    this.tenantRoles = tenantRoles;
    this.groups = groups;
    this.attributes = attributes;
    this.securityStamp = securityStamp;
    this.evidence = evidence;
  }

  /**
   * The identity that a provider's result stands for.
   *
   * @param provider the name of the provider's entry in the configuration
   * @param result what the provider answered
   * @return the identity
   */
  public static Identity of(String provider, AuthenticationResult.Authenticated result) {
    requireNonNull(provider, "provider");
    if (result.subject() instanceof Subject.ExternalUser external) {
      return new Identity(
          provider,
          external.issuer(),
          external.id(),
          external.name(),
          external.roles(),
          external.tenantRoles(),
          Set.of(),
          external.attributes(),
          null,
          result.evidence());
    }
    Subject.StoreUser stored = (Subject.StoreUser) result.subject();
    User user = stored.user();
    return new Identity(
        provider,
        stored.store(),
        user.id(),
        user.name(),
        user.roles(),
        user.tenantRoles(),
        user.groups(),
        user.attributes(),
        user.securityStamp(),
        result.evidence());
  }

  /**
   * The entry of the configuration that authenticated the caller.
   *
   * @return the provider's configured name
   */
  public String provider() {
    return provider;
  }

  /**
   * Where {@link #id()} is unique: the userstore's name, or the outside issuer.
   *
   * @return the name
   */
  public String store() {
    return store;
  }

  /**
   * What stands for this person wherever something is remembered.
   *
   * @return an id that never changes and is never reused in {@link #store()}
   */
  public String id() {
    return id;
  }

  /**
   * The name to show.
   *
   * @return the name as the store spells it
   */
  public String name() {
    return name;
  }

  /**
   * The roles that hold everywhere and that the credential permits.
   *
   * @return the roles, none if the credential is good in some tenants only
   */
  public Set<String> roles() {
    return roles(null);
  }

  /**
   * The roles that hold in a tenant: those that hold everywhere and those given in the tenant, as far
   * as the credential permits them.
   *
   * @param tenant the tenant, null for none
   * @return the roles, none if the credential is not good in the tenant
   */
  public Set<String> roles(@Nullable String tenant) {
    return isGoodIn(tenant) ? permitted(heldRoles(tenant)) : Set.of();
  }

  /** A credential that is restricted to tenants is good in them, and not where no tenant is named. */
  private boolean isGoodIn(@Nullable String tenant) {
    Optional<Set<String>> tenants = evidence.restrictions().tenants();
    return tenants.isEmpty() || (tenant != null && tenants.get().contains(tenant));
  }

  /**
   * The roles that hold in a tenant, whatever the credential permits. For what a role takes away: a
   * credential that is good for less must not get around what its user is denied.
   *
   * @param tenant the tenant, null for none
   * @return the roles, none of which may be taken for a permission
   */
  public Set<String> heldRoles(@Nullable String tenant) {
    Set<String> inTenant = tenant == null ? Set.of() : tenantRoles.getOrDefault(tenant, Set.of());
    if (inTenant.isEmpty()) {
      return roles;
    }
    Set<String> all = new LinkedHashSet<>(roles);
    all.addAll(inTenant);
    return all;
  }

  private Set<String> permitted(Set<String> held) {
    Optional<Set<String>> permitted = evidence.restrictions().roles();
    if (permitted.isEmpty()) {
      return held;
    }
    Set<String> both = new LinkedHashSet<>(held);
    both.retainAll(permitted.get());
    return both;
  }

  /**
   * Whether the caller belongs to a tenant and the credential may be used in it.
   *
   * @param tenant the tenant's exact name
   * @return whether the caller may name it
   */
  public boolean isMemberOf(String tenant) {
    return tenantRoles.containsKey(tenant) && isGoodIn(tenant);
  }

  /**
   * The tenants that the caller belongs to.
   *
   * @return the names, whether or not the credential permits them
   */
  public Set<String> tenants() {
    return tenantRoles.keySet();
  }

  /**
   * The groups that the caller is in.
   *
   * @return the names; they grant nothing
   */
  public Set<String> groups() {
    return groups;
  }

  /**
   * What else the store or issuer tells, such as {@code email}.
   *
   * @return name to value
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /**
   * What a token for this identity has to be bound to.
   *
   * @return the stamp of the user, empty for an outside subject
   */
  public Optional<SecurityStamp> securityStamp() {
    return Optional.ofNullable(securityStamp);
  }

  /**
   * How the caller was authenticated, such as {@code basic} or {@code token}.
   *
   * @return the kind of credential
   */
  public String method() {
    return evidence.method();
  }

  /**
   * When the caller last proved itself by more than a token of ours.
   *
   * @return the instant
   */
  public Instant signedInAt() {
    return evidence.signedInAt();
  }

  /**
   * What the presented credential is good for at most.
   *
   * @return the restrictions
   */
  public Restrictions restrictions() {
    return evidence.restrictions();
  }

  /**
   * The token that was presented.
   *
   * @return what is known of it, empty if the credential is none
   */
  public Optional<TokenDetails> token() {
    return evidence.token();
  }

  /**
   * Whether a browser may have sent the credential by itself, whatever page made it send the request.
   *
   * @return what {@link Evidence#mayBeSentByBrowsers()} says
   */
  public boolean mayBeSentByBrowsers() {
    return evidence.mayBeSentByBrowsers();
  }

  @Override
  public String toString() {
    return "Identity[" + name + " (" + store + "/" + id + ") by " + provider + ", roles=" + roles
        + "]";
  }
}
