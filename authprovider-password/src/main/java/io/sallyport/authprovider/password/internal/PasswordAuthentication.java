package io.sallyport.authprovider.password.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Credential;
import io.sallyport.api.Evidence;
import io.sallyport.api.Secret;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.BasicCredentials.Alphabet;
import io.sallyport.authprovider.password.internal.BasicCredentials.Presented;
import io.sallyport.authprovider.password.internal.BasicCredentials.Refused;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.PasswordVerifier;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * HTTP Basic against the userstores, in their order: the first that knows the user decides.
 *
 * <p><b>Security.</b> Unknown, inactive and locked users, users without a password and wrong passwords
 * all cost one hash. That inactive and locked users are refused is for the gate.
 */
public final class PasswordAuthentication implements AuthenticationProvider {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String AUTHORIZATION = "Authorization";

  private final List<NamedUserstore> stores;
  private final InstantSource clock;
  private final Alphabet alphabet;
  private final List<Challenge> challenges;
  private final StoredPasswords passwords;

  /**
   * A provider for the stores of a context.
   *
   * @param context stores, clock and profile
   * @param challenges what refused callers are told
   * @param passwords compares passwords; closed with the provider
   */
  public PasswordAuthentication(
      ProviderContext context, List<Challenge> challenges, StoredPasswords passwords) {
    this.stores = List.copyOf(context.userstores());
    this.clock = context.clock();
    this.alphabet = context.profile().isCloudify() ? Alphabet.LENIENT : Alphabet.STANDARD;
    this.challenges = List.copyOf(challenges);
    this.passwords = passwords;
  }

  @Override
  public boolean isPresented(AuthenticationRequest request) {
    return BasicCredentials.isPresented(request.headers(AUTHORIZATION));
  }

  @Override
  public AuthenticationResult authenticate(AuthenticationRequest request) {
    BasicCredentials credentials = BasicCredentials.parse(request.headers(AUTHORIZATION), alphabet);
    if (credentials instanceof Presented presented) {
      try (Secret password = presented.password()) {
        return judge(presented.name(), password, request);
      }
    }
    if (credentials instanceof Refused refused) {
      return new Rejected(refused.reason(), refused.detail(), refused.name());
    }
    return new NotPresented();
  }

  private AuthenticationResult judge(String name, Secret password, AuthenticationRequest request) {
    for (NamedUserstore store : stores) {
      Optional<User> user = store.store().findUser(name);
      if (user.isPresent()) {
        Verdict verdict = verdict(store, user.get(), password, request);
        return verdict == Verdict.VERIFIED
            ? authenticated(store, user.get(), name)
            : failed(
                verdict == Verdict.WRONG ? Reason.WRONG_CREDENTIALS : Reason.UNKNOWN_USER, name);
      }
    }
    passwords.spend(password, request.remaining());
    return failed(Reason.UNKNOWN_USER, name);
  }

  private Verdict verdict(
      NamedUserstore store, User user, Secret password, AuthenticationRequest request) {
    Credential credential = user.credential();
    if (credential instanceof Credential.Stored stored) {
      return passwords.matches(store.name(), user, stored, password, request.remaining())
          ? Verdict.VERIFIED
          : Verdict.WRONG;
    }
    if (credential instanceof Credential.VerifiedByStore) {
      return verifier(store).verify(user.id(), password);
    }
    passwords.spend(password, request.remaining());
    return Verdict.WRONG;
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

  private AuthenticationResult authenticated(NamedUserstore store, User user, String name) {
    return new Authenticated(
        new Subject.StoreUser(store.name(), user),
        Evidence.of("basic", clock.instant()).withClaimedName(name));
  }

  /** One text for unknown users and wrong passwords; the reason is for the operator alone. */
  private static Rejected failed(Reason reason, String name) {
    return new Rejected(reason, "authentication of user " + Quoted.of(name) + " failed", name);
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return challenges;
  }

  @Override
  public void close() {
    passwords.close();
  }
}
