package io.sallyport.userstore.file.internal;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user as the file has it. The {@link User} is made by the first look-up and kept, so that loading a
 * million users computes no digest, and finding one again computes none either.
 */
final class StoredUser {

  private final int position;
  private final String id;
  private final String name;
  private final Account account;
  private final Memberships memberships;
  private final Map<String, String> attributes;
  private volatile @Nullable User user;

  StoredUser(
      int position,
      String id,
      String name,
      Account account,
      Memberships memberships,
      Map<String, String> attributes) {
    this.position = position;
    this.id = id;
    this.name = name;
    this.account = account;
    this.memberships = memberships;
    this.attributes = attributes;
  }

  /** Which user of the file it is, the first one being 1; for messages. */
  int position() {
    return position;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Account account() {
    return account;
  }

  /** Whether everything but the account is the same. */
  boolean isSameButForAccount(StoredUser other) {
    return position == other.position
        && id.equals(other.id)
        && name.equals(other.name)
        && memberships.equals(other.memberships)
        && attributes.equals(other.attributes);
  }

  /** The value that an attribute has, those included that have a key of their own in the file. */
  @Nullable
  String attribute(String key) {
    return switch (key) {
      case UsersReader.USERNAME -> name;
      case UsersReader.ID -> id;
      default -> attributes.get(key);
    };
  }

  /** The user; two threads that come first may both make it, and make the same. */
  User user(Map<Memberships, Grants> grants) {
    User known = user;
    if (known == null) {
      known = make(requireNonNull(grants.get(memberships), "grants"));
      user = known;
    }
    return known;
  }

  private User make(Grants grants) {
    return User.builder(id, name)
        .credential(account.credential())
        .active(account.active())
        .locked(account.locked())
        .roles(grants.roles())
        .tenantRoles(grants.tenantRoles())
        .groups(memberships.groups())
        .attributes(attributes)
        .build(account.stamp(id));
  }
}
