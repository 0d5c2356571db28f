package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes and finds tokens of one kind in a store, which has of their secrets a keyed hash only: {@code
 * 1$<name of the key>$<HMAC-SHA-256 in base64url>}. A fast hash will do, since nobody can try 2<sup>202</sup>
 * secrets.
 */
public final class LookedUpTokens implements AutoCloseable {

  private static final String VERSION = "1$";
  private static final int HASH_LENGTH = 32;

  /** Read in the place of the hash of a token that there is not, so that this takes as long. */
  private static final String DECOY = VERSION + "decoy$" + Base64Url.encode(new byte[HASH_LENGTH]);

  private static final int MAX_TRIES = 5;

  private final TokenKind kind;
  private final TokenFormat format;
  private final HashKeys keys;
  private final TokenStore store;
  private final SecureRandom random = new SecureRandom();

  public LookedUpTokens(TokenKind kind, TokenFormat format, HashKeys keys, TokenStore store) {
    this.kind = kind;
    this.format = format;
    this.keys = keys;
    this.store = store;
  }

  /** A token as it is kept, and what its owner gets. */
  public record Kept(StoredToken token, Secret value) {}

  public TokenFormat format() {
    return format;
  }

  /** The store in which they are. */
  public TokenStore store() {
    return store;
  }

  /** Keeps a new token, begun for an id and bound to a stamp. */
  public Kept keep(SecurityStamp stamp, Function<String, StoredToken.Builder> begun) {
    HashKey key = keys.current();
    for (int i = 0; i < MAX_TRIES; i++) {
      TokenFormat.Fresh fresh = format.fresh(random);
      StoredToken token = begun
          .apply(fresh.id())
          .secretHash(
              VERSION + key.name() + "$" + Base64Url.encode(key.hash(fresh.id(), fresh.secret())))
          .stampMac(key.stampMac(stamp))
          .build();
      if (store.save(token)) {
        return new Kept(token, Secret.ofText(fresh.value()));
      }
    }
    throw new UnavailableException(
        "the token store has every id that was drawn", Duration.ofSeconds(5), null);
  }

  /**
   * The token of a value, whatever else is to be said of it. An unknown id and a wrong secret get one answer
   * in one time.
   */
  public Verdict<StoredToken> find(String value) {
    return format.parse(value).then(this::find);
  }

  private Verdict<StoredToken> find(TokenFormat.Parts parts) {
    Optional<StoredToken> found = store.find(parts.id()).filter(token -> token.kind() == kind);
    String hash = found.map(StoredToken::secretHash).orElse(DECOY);
    Optional<HashKey> named = found.isPresent() ? key(hash) : Optional.of(keys.current());
    byte[] actual = named.orElseGet(keys::current).hash(parts.id(), parts.secret());
    boolean equal = MessageDigest.isEqual(expected(hash), actual);
    Arrays.fill(parts.secret(), (byte) 0);
    return found.isPresent() && named.isPresent() && equal
        ? Verdict.accepted(found.get())
        : Verdict.refused(
            Reason.WRONG_CREDENTIALS,
            found.isEmpty()
                ? "invalid token: no token " + parts.id()
                : "invalid token: wrong secret for token " + parts.id()
                    + (named.isEmpty() ? ", or its key is no longer configured" : ""));
  }

  /** Whether a token was made for the stamp that its user has. */
  public boolean isStampOf(StoredToken token, SecurityStamp current) {
    return key(token.secretHash())
        .map(key -> key.isStamp(token.stampMac(), current))
        .orElse(false);
  }

  public static TokenDetails details(StoredToken token) {
    return new TokenDetails(
        token.kind(),
        token.id(),
        token.familyId().orElse(null),
        token.createdAt(),
        token.expiresAt().orElse(null));
  }

  private Optional<HashKey> key(String hash) {
    int end = hash.lastIndexOf('$');
    return hash.startsWith(VERSION) && end >= VERSION.length()
        ? keys.find(hash.substring(VERSION.length(), end))
        : Optional.empty();
  }

  private static byte[] expected(String hash) {
    return Base64Url.decode(hash.substring(hash.lastIndexOf('$') + 1))
        .orElseGet(() -> new byte[HASH_LENGTH]);
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    keys.close();
  }
}
