package io.sallyport.authprovider.token.internal.request;

import io.sallyport.api.Challenge;
import io.sallyport.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The challenge of RFC 6750 section 3.
 *
 * @param enabled whether it is sent at all
 * @param realm what the caller is asked to sign in to
 */
public record BearerChallenge(boolean enabled, String realm) {

  /** The challenge that settings describe. */
  public static BearerChallenge read(Settings settings) {
    String realm = settings.text("realm", "Sallyport");
    if (realm.chars().anyMatch(c -> c < ' ' || c > '~')) {
      settings.reject("realm", "expected printable ASCII, since it is sent in a header field");
    }
    return new BearerChallenge(settings.flag("challenge", true), realm);
  }

  /** What a caller is told, who learns no more of its token than that it will not do. */
  public List<Challenge> of(boolean presented) {
    if (!enabled) {
      return List.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", realm);
    if (presented) {
      parameters.put("error", "invalid_token");
    }
    return List.of(new Challenge.Header("Bearer", parameters));
  }
}
