package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A user as a store knows it at the moment of one look-up.
 *
 * <p>Stores expand groups themselves: {@link #roles()} and {@link #tenantRoles()} hold what the user
 * has directly and through groups, so that one look-up tells all.
 *
 * @since 0.1
 */
public final class User {

  /** The most characters that an id or a name may have. */
  public static final int MAX_NAME_LENGTH = 256;

  private final String id;
  private final String name;
  private final Credential credential;
  private final boolean active;
  private final boolean locked;
  private final Set<String> roles;
  private final Map<String, Set<String>> tenantRoles;
  private final Set<String> groups;
  private final Map<String, String> attributes;
  private final SecurityStamp securityStamp;

  private User(Builder builder, SecurityStamp securityStamp) {
    this.id = builder.id;
    this.name = builder.name;
    this.credential = builder.credential;
    this.active = builder.active;
    this.locked = builder.locked;
    this.roles = builder.roles;
    this.tenantRoles = builder.tenantRoles;
    this.groups = builder.groups;
    this.attributes = builder.attributes;
    this.securityStamp = securityStamp;
  }

  /**
   * Begins a user.
   *
   * @param id never changes and is never given to another user of the same store
   * @param name the name as the store spells it
   * @return a builder
   * @throws IllegalArgumentException if id or name is empty, longer than {@link #MAX_NAME_LENGTH} or
   *     has control characters
   */
  public static Builder builder(String id, String name) {
    return new Builder(id, name);
  }

  /**
   * Whether a text can be a user's name or id at all: 1 to {@link #MAX_NAME_LENGTH} characters, none
   * of them a control character, and no half of a surrogate pair.
   *
   * @param name the text
   * @return whether it may be one
   */
  public static boolean isValidName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME_LENGTH
        && name.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /**
   * What stands for this user wherever something is remembered about it.
   *
   * @return an id that never changes and is never reused within its store
   */
  public String id() {
    return id;
  }

  /**
   * The name as the store spells it.
   *
   * @return the name, which may differ from the one that was looked up
   */
  public String name() {
    return name;
  }

  /**
   * What the password is checked with.
   *
   * @return the credential
   */
  public Credential credential() {
    return credential;
  }

  /**
   * Whether the user may sign in and use tokens at all.
   *
   * @return false for a deactivated user
   */
  public boolean active() {
    return active;
  }

  /**
   * Whether an administrator has locked the user by hand.
   *
   * @return true if everything of this user is refused until it is unlocked
   */
  public boolean locked() {
    return locked;
  }

  /**
   * The roles that hold everywhere, direct ones and those of all groups.
   *
   * @return the roles, may be empty
   */
  public Set<String> roles() {
    return roles;
  }

  /**
   * The roles that hold in a tenant, direct ones and those of all groups.
   *
   * @return tenant to roles; a tenant that is a key is one that the user belongs to
   */
  public Map<String, Set<String>> tenantRoles() {
    return tenantRoles;
  }

  /**
   * The groups that the user is in.
   *
   * @return the names of the groups, for information only: they grant nothing
   */
  public Set<String> groups() {
    return groups;
  }

  /**
   * What else the store tells, such as {@code email}.
   *
   * @return name to value, no secrets
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /**
   * What, when it changes, ends the user's tokens.
   *
   * @return the stamp of the state that was read
   */
  public SecurityStamp securityStamp() {
    return securityStamp;
  }

  @Override
  public String toString() {
    return "User[id=" + id + ", name=" + name + ", active=" + active + ", locked=" + locked
        + ", roles=" + roles + "]";
  }

  /** Collects the parts of a {@link User}. Not safe for use by several threads. */
  public static final class Builder {

    private final String id;
    private final String name;
    private Credential credential = new Credential.None();
    private boolean active = true;
    private boolean locked;
    private Set<String> roles = Set.of();
    private Map<String, Set<String>> tenantRoles = Map.of();
    private Set<String> groups = Set.of();
    private Map<String, String> attributes = Map.of();

    private Builder(String id, String name) {
      this.id = valid("id", id);
      this.name = valid("name", name);
    }

    private static String valid(String what, String value) {
      requireNonNull(value, what);
      if (!isValidName(value)) {
        throw new IllegalArgumentException("a user's " + what + " must be 1 to " + MAX_NAME_LENGTH
            + " characters without control characters, got length " + value.length());
      }
      return value;
    }

    /**
     * Sets what the password is checked with; without it there is no password.
     *
     * @param value the credential
     * @return this builder
     */
    public Builder credential(Credential value) {
      this.credential = requireNonNull(value, "credential");
      return this;
    }

    /**
     * Sets whether the user may sign in; true by default.
     *
     * @param value the flag
     * @return this builder
     */
    public Builder active(boolean value) {
      this.active = value;
      return this;
    }

    /**
     * Sets whether an administrator has locked the user; false by default.
     *
     * @param value the flag
     * @return this builder
     */
    public Builder locked(boolean value) {
      this.locked = value;
      return this;
    }

    /**
     * Sets the roles that hold everywhere; none by default.
     *
     * @param value the roles, those of the groups included
     * @return this builder
     */
    public Builder roles(Set<String> value) {
      this.roles = Set.copyOf(value);
      return this;
    }

    /**
     * Sets the roles that hold in a tenant; none by default.
     *
     * @param value tenant to roles, those of the groups included
     * @return this builder
     */
    public Builder tenantRoles(Map<String, Set<String>> value) {
      Map<String, Set<String>> copy = new LinkedHashMap<>();
      value.forEach((tenant, inTenant) -> copy.put(tenant, Set.copyOf(inTenant)));
      this.tenantRoles = Map.copyOf(copy);
      return this;
    }

    /**
     * Sets the groups; none by default.
     *
     * @param value the names of the groups
     * @return this builder
     */
    public Builder groups(Set<String> value) {
      this.groups = Set.copyOf(value);
      return this;
    }

    /**
     * Sets what else is known; nothing by default.
     *
     * @param value name to value, no secrets
     * @return this builder
     */
    public Builder attributes(Map<String, String> value) {
      this.attributes = Map.copyOf(value);
      return this;
    }

    /**
     * Makes the user.
     *
     * @param securityStamp the stamp of the state that was read, see {@link SecurityStamp#of}
     * @return the user
     */
    public User build(SecurityStamp securityStamp) {
      return new User(this, requireNonNull(securityStamp, "securityStamp"));
    }
  }
}
