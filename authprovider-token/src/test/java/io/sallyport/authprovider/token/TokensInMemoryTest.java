package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Profile;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.MapStore;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.refresh.RefreshTokens;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** API tokens and refresh tokens with the store in memory, as applications have it. */
final class TokensInMemoryTest {

  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  private final User lena = Samples.user("u-lena", "1");
  private volatile Instant now = Samples.NOW;
  private final TokenStore store = new MemoryTokenStoreFactory()
      .create(new MapSettings(Map.of()), new StandardContext(() -> now, List.of()));

  @Test
  void makesListsAndDeletesAnApiTokenG23G24() {
    Host host = new Host(() -> now, new MapStore().with(lena), store);
    MapSettings settings = new MapSettings(Map.of("secret_key", Samples.KEY));
    try (TokenGenerator generator = new StoredTokenGeneratorFactory().create(settings, host);
        AuthenticationProvider provider =
            new StoredTokenAuthenticationFactory().create(settings, host)) {
      IssuedToken token =
          generator.generate(signedIn(), new TokenRequest("nightly", now.plusSeconds(60)));
      HeaderFields field = HeaderFields.of("Authentication-Token", token.value().revealText());
      AuthenticationResult before = provider.authenticate(field);

      assertThat(before).isInstanceOf(Authenticated.class);
      assertThat(store.list(TokenQuery.of(LENA)).tokens()).singleElement().satisfies(listed -> {
        assertThat(listed.id()).isEqualTo(token.id());
        assertThat(listed.description()).contains("nightly");
        assertThat(listed.toString()).doesNotContain(token.value().revealText());
      });
      assertThat(store.delete(token.id())).isTrue();
      assertThat(provider.authenticate(field)).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void letsOneOfManyRefreshAndLeavesNothingOfTheFamily() throws Exception {
    RefreshTokens tokens =
        new RefreshTokens(TokenKeys.of(Samples.KEY_BYTES), store, Duration.ofHours(12), () -> now);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        now = now.plusSeconds(3600);
        IssuedToken token = tokens.begin(signedIn(), tokens.freshFamily()).orElseThrow();
        Identity caller = Samples.identity(lena, tokens.evidence(accepted(tokens, token)));
        var won = new ConcurrentLinkedQueue<IssuedToken>();
        List<Callable<Boolean>> rivals = new ArrayList<>();
        IntStream.range(0, 8)
            .forEach(i -> rivals.add(() -> {
              try {
                return won.add(tokens.next(caller));
              } catch (NotPermittedException | UnavailableException e) {
                return false; // used before, or its family ended while the next one was made
              }
            }));

        for (var future : threads.invokeAll(rivals)) {
          future.get();
        }

        assertThat(won).hasSizeLessThanOrEqualTo(1);
        assertThat(won)
            .allSatisfy(next -> assertThat(tokens.check(next.value().revealText()))
                .isInstanceOf(Verdict.Refused.class));
        assertThat(tokens.check(token.value().revealText())).isInstanceOf(Verdict.Refused.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void renewsAFamilyAsOftenAsAWorkingDayNeeds() {
    RefreshTokens tokens =
        new RefreshTokens(TokenKeys.of(Samples.KEY_BYTES), store, Duration.ofHours(12), () -> now);
    IssuedToken first = tokens.begin(signedIn(), tokens.freshFamily()).orElseThrow();
    IssuedToken token = first;
    for (int i = 0; i < 70; i++) {
      now = now.plusSeconds(600);
      token = tokens.next(Samples.identity(lena, tokens.evidence(accepted(tokens, token))));
    }

    assertThat(token.expiresAt()).isEqualTo(first.expiresAt());
    accepted(tokens, token);
  }

  private static StoredToken accepted(RefreshTokens tokens, IssuedToken token) {
    return ((Verdict.Accepted<StoredToken>) tokens.check(token.value().revealText())).value();
  }

  private Identity signedIn() {
    return Samples.identity(lena, Evidence.of("basic", now));
  }

  private record Host(InstantSource clock, MapStore users, TokenStore tokens)
      implements ProviderContext {

    @Override
    public String name() {
      return "api";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public List<NamedUserstore> userstores() {
      return List.of(new NamedUserstore("main", users));
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      return Optional.of(tokens);
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new UnsupportedOperationException("nothing here can be guessed");
    }

    @Override
    public ConfigurationFiles files() {
      throw new UnsupportedOperationException("nothing here reads a structured file");
    }
  }
}
