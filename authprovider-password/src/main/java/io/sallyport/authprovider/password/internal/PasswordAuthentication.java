package io.sallyport.authprovider.password.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.BasicCredentials.Alphabet;
import io.sallyport.authprovider.password.internal.BasicCredentials.Presented;
import io.sallyport.authprovider.password.internal.BasicCredentials.Refused;
import io.sallyport.authprovider.password.internal.Claim.OfNobody;
import io.sallyport.authprovider.password.internal.Claim.OfUser;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import java.util.List;
import java.util.Optional;

/**
 * HTTP Basic against the userstores, in their order: the first that knows the user decides.
 *
 * <p>A malformed credential is refused before anybody is looked up, and counts nothing.
 */
final class PasswordAuthentication implements AuthenticationProvider {

  private static final String AUTHORIZATION = "Authorization";

  private final List<NamedUserstore> stores;
  private final Alphabet alphabet;
  private final List<Challenge> challenges;
  private final PasswordCheck check;

  /**
   * A provider for the stores of a context.
   *
   * @param context stores and profile
   * @param challenges what refused callers are told
   * @param check judges passwords; closed with the provider
   */
  PasswordAuthentication(ProviderContext context, List<Challenge> challenges, PasswordCheck check) {
    this.stores = List.copyOf(context.userstores());
    this.alphabet = context.profile().isCloudify() ? Alphabet.LENIENT : Alphabet.STANDARD;
    this.challenges = List.copyOf(challenges);
    this.check = check;
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
        return check.judge(claimOf(presented.name()), password, request);
      }
    }
    if (credentials instanceof Refused refused) {
      return new Rejected(refused.reason(), refused.detail(), refused.name());
    }
    return new NotPresented();
  }

  private Claim claimOf(String name) {
    for (NamedUserstore store : stores) {
      Optional<User> user = store.store().findUser(name);
      if (user.isPresent()) {
        return new OfUser(name, store, user.get());
      }
    }
    return new OfNobody(name);
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return challenges;
  }

  @Override
  public void close() {
    check.close();
  }
}
