package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Credential;
import io.sallyport.api.Profile;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.OneUser;
import io.sallyport.fuzz.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in {@code Authorization}, the answer is a result, and it is yes for the one name and
 * password alone. The input is the fields, one a line; behind an equals sign, what base64 shall encode.
 */
class BasicFuzzTest {

  private static final String NAME = "Aladdin";
  private static final String PASSWORD = "open sesame";
  private static final byte[] USER_PASS = (NAME + ":" + PASSWORD).getBytes(UTF_8);
  private static final Argon2Parameters COST = Argon2Parameters.argon2id(64, 1, 1);
  private static final Argon2Scheme SCHEME = new Argon2Scheme(BasicFuzzTest::digest);
  private static final HashingSettings HASHING =
      new HashingSettings(new HashingLimits(1, 16, 1024), Duration.ZERO, Duration.ZERO);
  private static final PasswordSettings.Memory NO_CACHE =
      new PasswordSettings.Memory(0, Duration.ofMinutes(5));
  private static final PasswordAuthentication STANDARD = provider(Profile.STANDARD);
  private static final PasswordAuthentication LENIENT = provider(Profile.CLOUDIFY_3);

  /** In the place of Argon2, which is not what is searched here, and slow on purpose. */
  private static byte[] digest(
      Argon2Parameters parameters, byte[] password, byte[] salt, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return Arrays.copyOf(digest.digest(password), length);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static PasswordAuthentication provider(Profile profile) {
    User user = User.builder("u-1", NAME)
        .credential(
            new Credential.Stored(Secret.ofText(SCHEME.hash(COST, PASSWORD.getBytes(UTF_8)))))
        .build(SecurityStamp.of("u-1", new byte[0], true, null));
    return PasswordSettings.assemble(
        new OneUser(user, profile, Instant.EPOCH),
        List.of(),
        new PepperedSchemes(PasswordSchemes.of(SCHEME, COST), Pepper.NONE),
        HASHING,
        NO_CACHE,
        false);
  }

  @DictionaryFile(resourcePath = "BasicFuzzTest.dict")
  @FuzzTest
  void passesTheGenuinePasswordAlone(byte[] input) {
    if (input.length > 0 && input[0] == '=') {
      byte[] userPass = Arrays.copyOfRange(input, 1, input.length);
      String field = "Basic " + Base64.getEncoder().encodeToString(userPass);
      boolean genuine = Arrays.equals(userPass, USER_PASS);

      assertThat(ask(STANDARD, List.of(field)) instanceof Authenticated).isEqualTo(genuine);
      assertThat(ask(LENIENT, List.of(field)) instanceof Authenticated).isEqualTo(genuine);
    } else {
      List<String> fields = Fields.of(input).from(0);
      if (ask(STANDARD, fields) instanceof Authenticated) {
        assertThat(fields).hasSize(1);
        assertThat(fields.get(0)).matches("(?i:basic) +QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
      }
      if (ask(LENIENT, fields) instanceof Authenticated) {
        assertThat(fields).hasSize(1);
        assertThat(fields.get(0)).matches("(?i:basic) +QWxhZGRpbjpvcGVuIHNlc2FtZQ(==)?");
      }
    }
  }

  @Test
  void holdsForMutants() {
    Mutants.of(BasicFuzzTest.class).check(20_000, this::passesTheGenuinePasswordAlone);
  }

  private static AuthenticationResult ask(PasswordAuthentication provider, List<String> fields) {
    Request request = new Request(Map.of("authorization", fields));
    AuthenticationResult[] result = new AuthenticationResult[1];
    Bounds.SMALL.check(() -> result[0] = provider.authenticate(request));

    assertThat(provider.isPresented(request)).isEqualTo(!(result[0] instanceof NotPresented));
    if (result[0] instanceof Rejected rejected) {
      assertThat(rejected.detail()).hasSizeLessThan(4 * User.MAX_NAME_LENGTH);
      if (rejected.claimedName() != null) {
        assertThat(User.isValidName(rejected.claimedName())).isTrue();
        assertThat(ISO_8859_1.newEncoder().canEncode(rejected.claimedName())
                || UTF_8.newEncoder().canEncode(rejected.claimedName()))
            .isTrue();
      }
    } else if (result[0] instanceof Authenticated yes) {
      assertThat(yes.evidence().claimedName()).contains(NAME);
    } else {
      assertThat(result[0]).isEqualTo(new NotPresented());
    }
    return result[0];
  }
}
