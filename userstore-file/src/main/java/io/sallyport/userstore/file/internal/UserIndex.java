package io.sallyport.userstore.file.internal;

import io.sallyport.api.User;
import io.sallyport.spi.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the users of one reading, and notes who is there twice. */
final class UserIndex {

  private final String identifyingAttribute;
  private final Map<String, StoredUser> bySignIn = new HashMap<>();
  private final Map<String, StoredUser> byOtherId = new HashMap<>();
  private final Map<String, StoredUser> byName;

  UserIndex(String identifyingAttribute) {
    this.identifyingAttribute = identifyingAttribute;
    this.byName = identifyingAttribute.equals(UsersReader.USERNAME) ? bySignIn : new HashMap<>();
  }

  /** Takes a user in, unless another one has its name, its id, or what it signs in by. */
  void add(StoredUser user, Settings entry) {
    String signIn = signIn(user, entry);
    if (isUnique(user, signIn, entry)) {
      byName.put(user.name(), user);
      if (signIn != null) {
        bySignIn.put(signIn, user);
      }
      if (!user.id().equals(signIn)) {
        byOtherId.put(user.id(), user);
      }
    }
  }

  /** What was collected, with the groups that have been read by now. */
  Users users(Settings file, GroupTable groups) {
    if (bySignIn.isEmpty() && !byName.isEmpty()) {
      file.reject(
          "no user has the identifying_attribute \"" + identifyingAttribute
              + "\", so nobody could sign in; expected username, id, email or an attribute of the users");
    }
    return new Users(bySignIn, byOtherId, groups.grants());
  }

  private @Nullable String signIn(StoredUser user, Settings entry) {
    String signIn = user.attribute(identifyingAttribute);
    if (signIn != null && !User.isValidName(signIn)) {
      reject(entry, identifyingAttribute, GrantReader.NAME_RULE);
      return null;
    }
    return signIn;
  }

  private boolean isUnique(StoredUser user, @Nullable String signIn, Settings entry) {
    boolean unique = isFree(entry, UsersReader.USERNAME, byName.get(user.name()));
    // an id that is just the name has been complained about with the name
    if (unique || !user.id().equals(user.name())) {
      unique &= isFree(entry, UsersReader.ID, byId(user.id()));
    }
    if (signIn != null && isAttribute()) {
      unique &= isFree(entry, identifyingAttribute, bySignIn.get(signIn));
    }
    return unique;
  }

  private boolean isAttribute() {
    return !identifyingAttribute.equals(UsersReader.USERNAME)
        && !identifyingAttribute.equals(UsersReader.ID);
  }

  private @Nullable StoredUser byId(String id) {
    StoredUser other = byOtherId.get(id);
    return other == null ? Users.withId(bySignIn.get(id), id) : other;
  }

  private static boolean isFree(Settings entry, String what, @Nullable StoredUser holder) {
    if (holder != null) {
      reject(
          entry,
          what,
          "expected a value of its own for each user; user number " + holder.position()
              + " of the list has the same");
    }
    return holder == null;
  }

  /** Blames the key where there is one: an id may follow from the name, an attribute stand deeper. */
  private static void reject(Settings entry, String what, String expected) {
    if (entry.keys().contains(what)) {
      entry.reject(what, expected);
    } else {
      entry.reject("the user's " + what + ": " + expected);
    }
  }
}
