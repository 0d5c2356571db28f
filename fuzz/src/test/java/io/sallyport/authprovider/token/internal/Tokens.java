package io.sallyport.authprovider.token.internal;

import io.sallyport.api.Profile;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.signed.SignedTokenAuthentication;
import io.sallyport.authprovider.token.internal.signed.TokenParties;
import io.sallyport.authprovider.token.internal.verified.VerifiedTokens;
import io.sallyport.fuzz.OneUser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key, a user, a time and the provider that are fuzzed with tokens. */
final class Tokens {

  static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  static final String ID = "u-1";

  private static final byte[] KEY =
      "a key for nothing but fuzzing, 32".getBytes(StandardCharsets.US_ASCII);

  private Tokens() {}

  static SignedTokenAuthentication provider() {
    User user = User.builder(ID, "alice").build(SecurityStamp.of(ID, new byte[0], true, null));
    OneUser context = new OneUser(user, Profile.STANDARD, NOW);
    return new SignedTokenAuthentication(
        TokenKeys.of(KEY),
        new TokenParties("sallyport", "sallyport"),
        Duration.ofSeconds(30),
        TokenFields.of(List.of("Authorization", "Authentication-Token")),
        new BearerChallenge(true, "Sallyport"),
        new VerifiedTokens<>(64),
        context);
  }

  /** A token over any header and payload, by the JDK alone. */
  static String sign(byte[] header, byte[] payload) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed = base64.encodeToString(header) + "." + base64.encodeToString(payload);
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      byte[] tag = hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64.encodeToString(tag);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
