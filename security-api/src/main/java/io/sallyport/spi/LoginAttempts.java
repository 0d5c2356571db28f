package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed logins, by account, by client and by pair of both, and tells who must be refused because
 * of them.
 *
 * <p>Whoever checks something that can be guessed calls {@link #begin} before it spends anything on the
 * check, and tells the {@link LoginAttempt} how it ended. An attempt is counted as a failure from its
 * beginning until it is known to be none, so that many guesses at once are not worth more than one after
 * the other.
 *
 * <p><b>Security.</b> Names that no store knows are counted as those that one knows. What is counted is
 * bounded in size whatever is sent, and nothing that counts is forgotten before its time because of
 * that. No password and nothing made of one ever comes here.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently. No method waits for a password to be checked;
 * where nodes share counters, one waits for another's change of the same counter, for a bounded time.
 *
 * @since 0.1
 */
public interface LoginAttempts extends AutoCloseable {

  /**
   * Begins an attempt, and reserves its place among the failures.
   *
   * @param account whose password is tried
   * @param client the network that the attempt comes from, see {@link
   *     io.sallyport.api.AuthenticationRequest#clientNetwork()}
   * @return the attempt, of which exactly one end must be told
   * @throws UnavailableException if that cannot be told now
   */
  LoginAttempt begin(Account account, String client);

  /**
   * Whether credentials that are known to be right, as a remembered password is, need no attempt: one would be
   * {@link LoginAttempt.Standing#ADMITTED} now, and its success would change nothing that matters, since no failure
   * counts against this client at this account, and it has signed in to it lately. Counts nothing, reserves nothing
   * and tells nobody.
   *
   * <p>Who sends a password with each request has many of them under way, which would be too many for each other if
   * each took a place among the failures. Unless implemented, this is false, and every request begins an attempt.
   *
   * @param account whose password is known to be right
   * @param client the network that the request comes from
   * @return whether nothing needs to be counted
   * @throws UnavailableException if that cannot be told now
   */
  default boolean isSettled(Account account, String client) {
    requireNonNull(account, "account");
    requireNonNull(client, "client");
    return false;
  }

  /**
   * Whether failed logins have locked an account for clients that have not signed in to it lately. Counts
   * nothing.
   *
   * @param account the account
   * @return whether it is locked now
   * @throws UnavailableException if that cannot be told now
   */
  boolean isLocked(Account account);

  /**
   * Ends the lock of an account, and forgets its failures.
   *
   * @param account the account
   * @return whether it was locked
   * @throws UnavailableException if that cannot be done now
   */
  boolean unlock(Account account);

  /** Frees what is held. Called once, when no request uses it any more. */
  @Override
  default void close() {}

  /**
   * What failures are counted for: a user of a store, whatever spelling of the name was typed, or a name
   * that no store knows.
   *
   * @param store the name of the userstore, null for a name that none knows
   * @param key the user's id, or the unknown name as it was typed
   */
  record Account(@Nullable String store, String key) {
    /**
     * An account.
     *
     * @param store the name of the userstore, or null
     * @param key the user's id, or the unknown name
     */
    public Account {
      requireNonNull(key, "key");
    }

    /**
     * The account of a user.
     *
     * @param store the name of the userstore that knows the user
     * @param user the user
     * @return the account
     */
    public static Account of(String store, User user) {
      return new Account(requireNonNull(store, "store"), user.id());
    }

    /**
     * A name that no store knows.
     *
     * @param name the name as it was typed
     * @return the account
     */
    public static Account unknown(String name) {
      return new Account(null, name);
    }
  }
}
