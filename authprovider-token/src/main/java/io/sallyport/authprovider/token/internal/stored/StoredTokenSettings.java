package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.TokenKind;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/** What generator and provider must be told alike. */
public final class StoredTokenSettings {

  private StoredTokenSettings() {}

  /** The tokens that settings describe. To be read last: where there is no store, nothing can be made. */
  public static LookedUpTokens read(Settings settings, ProviderContext context) {
    TokenFormat format = TokenFormat.read(settings);
    HashKeys keys = ConfiguredHashKeys.read(settings);
    return new LookedUpTokens(
        TokenKind.STORED,
        format,
        keys,
        context
            .tokenStore()
            .orElseThrow(() -> new InvalidSettingsException(
                "API tokens are kept in a token store, and there is none; add"
                    + " token_store: {implementation: file, properties: {path: tokens.journal}}")));
  }
}
