package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.Claim.OfUser;
import io.sallyport.spi.PasswordUpdates;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the stored hash of somebody who has just signed in, if a new one would be better. It is hashed in
 * the pool when nobody waits for that, and written on threads of its own, so that a slow store holds up
 * neither requests nor hashes. A login neither waits for it nor fails with it.
 *
 * <p><b>Security.</b> The copy of the password is overwritten as soon as it was hashed. A user's hash is
 * replaced by one thread at a time, and only if it is still the one that was verified.
 */
final class HashUpgrades implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HashUpgrades.class);

  /** How many passwords are kept at once until they are hashed and written. */
  private static final int MAX_PENDING = 64;

  private static final int WRITERS = 4;
  private static final long IDLE_SECONDS = 30;
  private static final long LAST_WRITES_SECONDS = 5;

  private final boolean enabled;
  private final PasswordComputation computation;
  private final CredentialKeys keys;
  private final VerifiedCredentials verified;
  private final StorePatience patience;
  private final ExecutorService writers;
  private final Map<UserKey, Upgrade> pending = new ConcurrentHashMap<>();

  private record UserKey(String store, String id) {}

  /**
   * One replacement, from the login to the store.
   *
   * @param password the copy: whoever takes it overwrites it
   */
  private record Upgrade(
      UserKey user,
      PasswordUpdates updates,
      Secret old,
      Moment verifiedAt,
      AtomicReference<@Nullable Secret> password) {}

  /**
   * Replaces hashes.
   *
   * @param enabled whether it does anything
   * @param name part of the names of its threads
   * @param computation where hashes are computed
   * @param keys names what is verified
   * @param verified learns of the new hash, so that it need not be computed a second time
   * @param patience leaves stores alone that fail
   */
  HashUpgrades(
      boolean enabled,
      String name,
      PasswordComputation computation,
      CredentialKeys keys,
      VerifiedCredentials verified,
      StorePatience patience) {
    this.enabled = enabled;
    this.computation = computation;
    this.keys = keys;
    this.verified = verified;
    this.patience = patience;
    ThreadPoolExecutor threads = new ThreadPoolExecutor(
        WRITERS,
        WRITERS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> thread(work, "sallyport-upgrade-" + name));
    threads.allowCoreThreadTimeOut(true);
    this.writers = threads;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setContextClassLoader(HashUpgrades.class.getClassLoader());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Sees to it that a hash is replaced, if it is worth it and there is room for it.
   *
   * @param known whose hash it is
   * @param hash the stored hash that was verified
   * @param password the password that it was verified with; copied
   * @param verifiedAt when
   */
  void consider(OfUser known, Secret hash, Secret password, Moment verifiedAt) {
    if (!enabled || pending.size() >= MAX_PENDING || !computation.isOutdated(hash)) {
      return;
    }
    String store = known.store().name();
    if (!patience.isReady(store)) {
      return;
    }
    Optional<PasswordUpdates> updates;
    try {
      updates = known.store().store().passwordUpdates();
    } catch (RuntimeException | LinkageError e) {
      patience.failed(store, e);
      return;
    }
    if (updates.isPresent()) {
      UserKey user = new UserKey(store, known.user().id());
      offer(user, updates.get(), hash, password, verifiedAt);
    } else {
      patience.cannotWrite(store);
    }
  }

  private void offer(
      UserKey user, PasswordUpdates updates, Secret hash, Secret password, Moment verifiedAt) {
    Upgrade upgrade =
        new Upgrade(user, updates, hash, verifiedAt, new AtomicReference<>(copy(password)));
    if (pending.putIfAbsent(user, upgrade) != null) {
      overwrite(upgrade);
    } else if (!computation.offerInBackground(() -> hash(upgrade))) {
      forget(upgrade);
    }
  }

  private static Secret copy(Secret password) {
    byte[] bytes = password.revealBytes();
    try {
      return Secret.ofBytes(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void overwrite(Upgrade upgrade) {
    Secret password = upgrade.password.getAndSet(null);
    if (password != null) {
      password.close();
    }
  }

  private void forget(Upgrade upgrade) {
    overwrite(upgrade);
    pending.remove(upgrade.user, upgrade);
  }

  /** On a thread of the pool. */
  private void hash(Upgrade upgrade) {
    boolean handedOn = false;
    try (Secret password = upgrade.password.getAndSet(null)) {
      if (password != null) {
        Secret replacement = computation.hash(password);
        CredentialKey key = keys.ofUser(upgrade.user.store, upgrade.user.id, replacement, password);
        writers.execute(() -> write(upgrade, replacement, key));
        handedOn = true;
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("a hash was not replaced, since the provider was closed");
    } finally {
      if (!handedOn) {
        forget(upgrade);
      }
    }
  }

  private void write(Upgrade upgrade, Secret replacement, CredentialKey key) {
    try {
      if (upgrade.updates.replaceHash(upgrade.user.id, upgrade.old, replacement)) {
        verified.remember(key, upgrade.verifiedAt);
      }
      patience.wrote(upgrade.user.store);
    } catch (RuntimeException | LinkageError e) {
      patience.failed(upgrade.user.store, e);
    } finally {
      forget(upgrade);
    }
  }

  /** How many replacements are on their way, for tests. */
  int pending() {
    return pending.size();
  }

  /** Lets what is being written come to its end, for a while, and begins nothing any more. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      writers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    pending.values().forEach(HashUpgrades::overwrite);
  }
}
