package io.sallyport.spi;

import io.sallyport.api.Profile;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a factory may use of the application it makes something for.
 *
 * <p>Sallyport implements it; later releases may add methods.
 *
 * @since 0.1
 */
public interface ProviderContext {

  /**
   * The name of the entry that is being made, as it appears in the audit log.
   *
   * @return the configured name
   */
  String name();

  /**
   * Whose defaults are spoken.
   *
   * @return the profile
   */
  Profile profile();

  /**
   * The time. Nothing reads another clock for what is compared or written down.
   *
   * @return the clock
   */
  InstantSource clock();

  /**
   * The stores that this entry may speak for, the first one first. Each is already bounded in time and
   * in concurrent calls as its own entry says.
   *
   * @return the stores, empty if there are none
   */
  List<NamedUserstore> userstores();

  /**
   * Whether the entry says {@code users: external}, so that whoever is in no store is accepted: see {@link
   * io.sallyport.api.Subject.ExternalUser}. A provider that can do both does then nothing else.
   *
   * @return {@code false} by default
   */
  default boolean externalUsers() {
    return false;
  }

  /**
   * Counts failed logins, for all parts of this application together. Whoever checks a credential that can
   * be guessed asks it first.
   *
   * @return the counters
   */
  LoginAttempts loginAttempts();

  /**
   * Keeps stored tokens and revocations, for all parts of this application together.
   *
   * @return the store as {@code token_store:} configures it, already bounded in time and in concurrent calls;
   *     empty if none is configured
   */
  Optional<TokenStore> tokenStore();

  /**
   * The databases that parts of this application share, in their configured order.
   *
   * @return the databases, empty by default
   */
  default List<NamedDatabase> databases() {
    return List.of();
  }

  /**
   * Reads structured files, and reads them again when they change.
   *
   * @return the reader
   */
  ConfigurationFiles files();
}
