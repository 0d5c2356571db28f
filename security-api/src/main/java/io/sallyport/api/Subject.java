package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a provider found a credential to belong to.
 *
 * @since 0.1
 */
public sealed interface Subject {

  /**
   * A user whom the provider has read from a store in this very request. Nobody reads it twice.
   *
   * @param store the store's name, from {@link io.sallyport.spi.NamedUserstore#name()}
   * @param user the user as read
   */
  record StoreUser(String store, User user) implements Subject {
    /**
     * A user of a store.
     *
     * @param store the store's name
     * @param user the user as read
     */
    public StoreUser {
      requireNonNull(store, "store");
      requireNonNull(user, "user");
    }
  }

  /**
   * Somebody whom an outside issuer vouches for and who is in no store. Accepted only from a
   * provider whose entry says {@code users: external}.
   *
   * @param issuer who vouches, such as the issuer of a token
   * @param id what the issuer calls the subject, never reused by it
   * @param name the name to show
   * @param roles the roles that hold everywhere, as mapped by the provider's configuration
   * @param tenantRoles the roles that hold in a tenant
   * @param attributes what else the issuer tells, no secrets
   */
  record ExternalUser(
      String issuer,
      String id,
      String name,
      Set<String> roles,
      Map<String, Set<String>> tenantRoles,
      Map<String, String> attributes)
      implements Subject {
    /**
     * An outside subject.
     *
     * @param issuer who vouches
     * @param id what the issuer calls the subject
     * @param name the name to show
     * @param roles the roles that hold everywhere
     * @param tenantRoles the roles that hold in a tenant
     * @param attributes what else the issuer tells
     * @throws IllegalArgumentException if the id or the name cannot be one, see {@link
     *     User#isValidName(String)}
     */
    public ExternalUser {
      requireNonNull(issuer, "issuer");
      if (!User.isValidName(id) || !User.isValidName(name)) {
        throw new IllegalArgumentException("an outside subject's id and name must be 1 to "
            + User.MAX_NAME_LENGTH + " characters without control characters");
      }
      roles = Set.copyOf(roles);
      tenantRoles = tenantRoles.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(
              Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
      attributes = Map.copyOf(attributes);
    }
  }
}
