package io.sallyport.authprovider.token.internal.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that tokens are signed with, of 256 bits at least and nothing that can be guessed. */
public final class SigningKey {

  private static final byte[] STAMP_LABEL =
      "sallyport token stamp 1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key that settings hold. If they hold none that will do, that is noted in them and a random
   * key returned, which nobody will use.
   */
  public static SigningKey read(Settings settings, String key) {
    return of(SecretText.read(settings, key));
  }

  /** A key of these bytes, as strong as they are. */
  public static SigningKey of(byte[] bytes) {
    if (bytes.length < KeyRules.minSecret(JwsAlgorithm.HS256)) {
      throw new IllegalArgumentException("a key must have at least 32 bytes, got " + bytes.length);
    }
    return new SigningKey(bytes.clone());
  }

  public MACSigner signer() {
    try {
      return new MACSigner(bytes);
    } catch (KeyLengthException e) {
      throw new IllegalStateException("Nimbus refuses a key of " + bytes.length + " bytes", e);
    }
  }

  public MACVerifier verifier() {
    try {
      return new MACVerifier(bytes);
    } catch (JOSEException e) {
      throw new IllegalStateException("Nimbus refuses a key of " + bytes.length + " bytes", e);
    }
  }

  /** The key for {@link io.sallyport.api.SecurityStamp#mac}: derived, so that each key has one use. */
  public Secret stampKey() {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      byte[] derived = hmac.doFinal(STAMP_LABEL);
      Secret key = Secret.ofBytes(derived);
      Arrays.fill(derived, (byte) 0);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256, which every Java must have", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
