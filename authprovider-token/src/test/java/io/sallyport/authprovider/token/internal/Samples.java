package io.sallyport.authprovider.token.internal;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the tests share: a key, a time, a user, and tokens that are signed without Nimbus. */
public final class Samples {

  /** Drawn at random for these tests, used nowhere else. */
  public static final String KEY = "b4rVan2OvMe+U3u/OxKOcDKRQZCuKudzCSkHvIPWkSA=";

  public static final byte[] KEY_BYTES = Base64.getDecoder().decode(KEY);
  public static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  public static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private Samples() {}

  /** A user whose stamp changes with the epoch of the password. */
  public static User user(String id, String passwordEpoch) {
    byte[] epoch = passwordEpoch.getBytes(StandardCharsets.UTF_8);
    return User.builder(id, "name of " + id)
        .roles(Set.of("viewer"))
        .build(SecurityStamp.of(id, epoch, true, null));
  }

  /** A user of the store {@code main} as a provider found it. */
  public static Identity identity(User user, Evidence evidence) {
    return Identity.of("password", new Authenticated(new StoreUser("main", user), evidence));
  }

  /** A token over any header and payload, by the JDK alone. */
  public static String sign(byte[] key, byte[] header, byte[] payload) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed = base64.encodeToString(header) + "." + base64.encodeToString(payload);
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] tag = hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64.encodeToString(tag);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static String sign(String header, String payload) {
    return sign(
        KEY_BYTES,
        header.getBytes(StandardCharsets.UTF_8),
        payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of known answers beside this class. */
  public static Map<String, Object> vectors(String file) {
    try (InputStream in = Samples.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("no resource " + file);
      }
      return JSONObjectUtils.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(file + " is not JSON", e);
    }
  }

  @SuppressWarnings("unchecked") // the files are written so
  public static List<Map<String, Object>> objects(Map<String, Object> parent, String key) {
    return (List<Map<String, Object>>) parent.get(key);
  }
}
