package io.sallyport.core.testparts;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Secret;
import io.sallyport.api.StoredToken;
import io.sallyport.api.Subject;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;
import io.sallyport.spi.TokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stored tokens whose value is their id behind {@code kept-}, with no secret at all, which only a test may do.
 * A description of {@code signed}, {@code refresh} or {@code outside} makes tokens of that kind.
 */
public final class KeptTokens {

  private KeptTokens() {}

  /** Makes them. */
  public static final class Generators implements TokenGeneratorFactory {

    /** For the loader. */
    public Generators() {}

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public TokenGenerator create(Settings settings, ProviderContext context) {
      return new Generator(
          context.tokenStore().orElseThrow(),
          context.clock(),
          settings.optionalText("public_keys").orElse(null),
          new AtomicInteger());
    }
  }

  private record Generator(
      TokenStore store, InstantSource clock, @Nullable String keys, AtomicInteger last)
      implements TokenGenerator {

    @Override
    public IssuedToken generate(Identity identity, TokenRequest request) {
      String id = "t" + last.incrementAndGet();
      var kind = "refresh".equals(request.description()) ? TokenKind.REFRESH : TokenKind.STORED;
      store.save(
          StoredToken.builder(kind, id, TokenOwner.of(identity), identity.name(), clock.instant())
              .secretHash("hash-of-" + id)
              .familyId(kind == TokenKind.REFRESH ? "family" : null)
              .description(request.description())
              .expiresAt(request.expiresAt())
              .restrictions(request.restrictions())
              .build());
      return new IssuedToken(
          id,
          Secret.ofText("kept-" + id),
          request.expiresAt(),
          request.description(),
          "with refresh".equals(request.description())
              ? new IssuedToken(
                  "r", Secret.ofText("refresh-value"), Instant.parse("2031-01-01T00:00:00Z"))
              : null);
    }

    @Override
    public Optional<String> publicKeys() {
      return Optional.ofNullable(keys);
    }
  }

  /** Understands them. */
  public static final class Providers implements AuthenticationProviderFactory {

    /** For the loader. */
    public Providers() {}

    @Override
    public String name() {
      return "kept";
    }

    @Override
    public AuthenticationProvider create(Settings settings, ProviderContext context) {
      return new Provider(
          context.tokenStore().orElseThrow(),
          context.userstores(),
          settings.text("header", "Authorization"));
    }
  }

  private record Provider(TokenStore store, List<NamedUserstore> stores, String field)
      implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      String value = request.header(field).orElse("").replace("Bearer ", "");
      if (!value.startsWith("kept-")) {
        return new NotPresented();
      }
      Optional<StoredToken> found = store.find(value.substring(5));
      Optional<User> user = found.flatMap(
          token -> stores.get(0).store().findUserById(token.owner().userId()));
      if (found.isEmpty() || user.isEmpty()) {
        return Rejected.of(Reason.UNKNOWN_USER, "no such token");
      }
      StoredToken token = found.get();
      TokenDetails details = new TokenDetails(
          kind(token), token.id(), token.familyId().orElse(null), token.createdAt(), null);
      if (store.isRevoked(details, token.owner())) {
        return Rejected.of(Reason.REVOKED, "revoked");
      }
      return new Authenticated(
          new Subject.StoreUser(stores.get(0).name(), user.get()),
          Evidence.of("kept", token.createdAt())
              .withRestrictions(token.restrictions())
              .neverSentByBrowsers()
              .withToken(details));
    }

    private static TokenKind kind(StoredToken token) {
      String description = token.description().orElse("");
      return description.equals("outside")
          ? TokenKind.OUTSIDE
          : description.equals("signed") ? TokenKind.SIGNED : token.kind();
    }

    @Override
    public Set<String> credentialHeaders() {
      return Set.of(field);
    }
  }
}
