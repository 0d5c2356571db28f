package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.Claim.OfUser;
import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.authprovider.password.internal.hash.StoredHash;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.PasswordVerifier;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongSupplier;

/**
 * Finds out whether a password is right, and spends the same on those who have none. Every call computes
 * exactly one hash in the pool, whoever is claimed, unless the store checks passwords itself.
 */
final class PasswordComputation implements AutoCloseable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final PepperedSchemes schemes;
  private final StoredHash decoy;
  private final HashingPool pool;
  private final FailureTime times;
  private final LongSupplier ticker;
  private final UnusableHashes unusable = new UnusableHashes();

  /**
   * Makes the decoy.
   *
   * @param schemes what stored hashes may be, and how the decoy is made
   * @param pool where hashes are computed; closed with this
   * @param times how long refusals are withheld; learns from the pool, and here from stores
   * @param ticker {@link System#nanoTime}, as the pool's
   */
  PasswordComputation(
      PepperedSchemes schemes, HashingPool pool, FailureTime times, LongSupplier ticker) {
    this.schemes = schemes;
    this.decoy = decoy(schemes);
    this.pool = pool;
    this.times = times;
    this.ticker = ticker;
  }

  private static StoredHash decoy(PepperedSchemes schemes) {
    byte[] nobodyKnows = new byte[24];
    new SecureRandom().nextBytes(nobodyKnows);
    try {
      return schemes.read(schemes.hash(Base64.getEncoder().encode(nobodyKnows)));
    } catch (UnusableHashException e) {
      throw new IllegalArgumentException("the cost of new hashes is beyond what is verified", e);
    }
  }

  /**
   * Whether a password is that of whoever is claimed.
   *
   * @throws UnavailableException if it cannot be told now
   */
  Computed<Verdict> run(Claim claim, Secret password, Caller caller) {
    if (claim instanceof OfUser known) {
      Credential credential = known.user().credential();
      if (credential instanceof Credential.Stored stored) {
        return compare(known, stored, password, caller);
      }
      if (credential instanceof Credential.VerifiedByStore) {
        return ask(known, password);
      }
    }
    return spend(password, caller);
  }

  private Computed<Verdict> compare(
      OfUser known, Credential.Stored stored, Secret password, Caller caller) {
    StoredHash hash;
    try {
      hash = schemes.read(stored.hash().revealText());
    } catch (UnusableHashException e) {
      unusable.report(known.store().name(), known.user(), e);
      return spend(password, caller);
    }
    Computed<Boolean> matches = compute(hash, password, caller);
    return new Computed<>(
        matches.value() ? Verdict.VERIFIED : Verdict.WRONG, matches.startedNanos());
  }

  /** For those who have no hash; the password that the decoy was made of is nobody's. */
  private Computed<Verdict> spend(Secret password, Caller caller) {
    return new Computed<>(Verdict.WRONG, compute(decoy, password, caller).startedNanos());
  }

  private Computed<Boolean> compute(StoredHash hash, Secret password, Caller caller) {
    return pool.run(
        new HashingDemand(caller.client(), caller.familiar(), hash.cost(password.length())),
        () -> {
          byte[] bytes = password.revealBytes();
          try {
            return hash.matches(bytes);
          } finally {
            Arrays.fill(bytes, (byte) 0);
          }
        },
        caller.limit());
  }

  /** A store that is slower than any hash would show which of its users exist; so this counts like one. */
  private Computed<Verdict> ask(OfUser known, Secret password) {
    PasswordVerifier verifier = verifier(known.store());
    long started = ticker.getAsLong();
    Verdict verdict = verifier.verify(known.user().id(), password);
    times.took(new HashCost("userstore", known.store().name(), 0), started, ticker.getAsLong());
    return new Computed<>(verdict, started);
  }

  private static PasswordVerifier verifier(NamedUserstore store) {
    return store
        .store()
        .passwordVerifier()
        .orElseThrow(() -> new UnavailableException(
            "userstore " + Quoted.of(store.name())
                + " says that it checks a user's password itself, but offers no way to ask it",
            RETRY_AFTER,
            null));
  }

  /** Whether a stored hash that a password matched should be replaced. */
  boolean isOutdated(Secret stored) {
    try {
      return schemes.isOutdated(schemes.read(stored.revealText()));
    } catch (UnusableHashException e) {
      return false;
    }
  }

  /**
   * Leaves a password to be hashed anew when nobody waits.
   *
   * @param work what to do on a thread of the pool
   * @return whether it was taken
   */
  boolean offerInBackground(Runnable work) {
    return pool.offerInBackground(schemes.currentCost(), work);
  }

  /**
   * Hashes a password as new hashes are made, on this thread.
   *
   * @throws UnavailableException if it cannot be computed now
   */
  Secret hash(Secret password) {
    byte[] bytes = password.revealBytes();
    try {
      return Secret.ofText(schemes.hash(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** How long a refusal must still be withheld from whoever waited for a check. */
  Duration heldFor(Computed<?> check) {
    return Duration.ofNanos(times.heldNanos(check.startedNanos(), ticker.getAsLong()));
  }

  @Override
  public void close() {
    pool.close();
  }
}
