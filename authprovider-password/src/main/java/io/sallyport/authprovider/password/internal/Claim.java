package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.NamedUserstore;

/** Whom a caller claims to be, as the stores know it. */
sealed interface Claim {

  /** The name as it was typed. */
  String name();

  /** What failures are counted for. */
  Account account();

  /** What stands for the claim together with a password. */
  CredentialKey key(CredentialKeys keys, Secret password);

  /** Whether the right password would be enough. */
  boolean isFit();

  /** A user of a store. */
  record OfUser(String name, NamedUserstore store, User user) implements Claim {

    @Override
    public Account account() {
      return Account.of(store.name(), user);
    }

    @Override
    public CredentialKey key(CredentialKeys keys, Secret password) {
      return user.credential() instanceof Credential.Stored stored
          ? keys.ofUser(store.name(), user.id(), stored.hash(), password)
          : keys.ofUser(store.name(), user.id(), password);
    }

    @Override
    public boolean isFit() {
      return user.active() && !user.locked();
    }
  }

  /** A name that no store knows. */
  record OfNobody(String name) implements Claim {

    @Override
    public Account account() {
      return Account.unknown(name);
    }

    @Override
    public CredentialKey key(CredentialKeys keys, Secret password) {
      return keys.ofUnknown(name, password);
    }

    @Override
    public boolean isFit() {
      return false;
    }
  }
}
