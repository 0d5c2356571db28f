package io.sallyport.authprovider.token.internal.minting;

import io.sallyport.api.Identity;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials may ask for tokens. Neither a stored token nor a restricted credential makes another unless
 * it is permitted here, and what was made with a stored token makes nothing.
 *
 * @param stored whether stored tokens may
 * @param scoped whether credentials may that are restricted to roles, tenants or endpoints
 */
public record MintingRules(boolean stored, boolean scoped) {

  /** What ids of families of refresh tokens begin with; ids of stored tokens have no dash. */
  public static final String FAMILY = "slr-";

  private static final String KEY = "minting_permitted_to";

  /** The rules that settings name. */
  public static MintingRules read(Settings settings) {
    boolean stored = false;
    boolean scoped = false;
    for (String word : settings.texts(KEY)) {
      stored |= word.equals("stored");
      scoped |= word.equals("scoped");
      if (!word.equals("stored") && !word.equals("scoped")) {
        settings.reject(KEY, "expected a list of stored and scoped, or an empty one");
      }
    }
    return new MintingRules(stored, scoped);
  }

  /**
   * Goes on only if a caller's credential may ask for tokens.
   *
   * @throws NotPermittedException if it may not
   */
  public void check(Identity caller) {
    caller.token().ifPresent(this::check);
    if (!scoped && caller.restrictions().isScoped()) {
      throw new NotPermittedException(
          "a credential that is restricted to roles, tenants or endpoints makes no tokens;"
              + " ask with one that is not");
    }
  }

  private void check(TokenDetails token) {
    if (!stored && token.kind() == TokenKind.STORED) {
      throw new NotPermittedException("an API token makes no tokens; sign in to ask for one");
    }
    if (token.kind() != TokenKind.REFRESH && token.parent().isPresent() && !isOfFamily(token)) {
      throw new NotPermittedException(
          "a token that was made with an API token makes no tokens; sign in to ask for one");
    }
  }

  /** What ends a token that a caller makes, when it is revoked itself; null if there is none. */
  public static @Nullable String parentOf(Identity caller) {
    Optional<TokenDetails> token = caller.token();
    if (token.isEmpty()) {
      return null;
    }
    return token.get().kind() == TokenKind.STORED
        ? token.get().id()
        : token.get().parent().orElse(null);
  }

  private static boolean isOfFamily(TokenDetails token) {
    return token.parent().filter(id -> id.startsWith(FAMILY)).isPresent();
  }
}
