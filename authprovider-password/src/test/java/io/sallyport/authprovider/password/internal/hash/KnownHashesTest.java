package io.sallyport.authprovider.password.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.authprovider.password.internal.VectorFile;
import io.sallyport.authprovider.password.internal.VectorFile.Case;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other systems have stored, and what they answered. */
class KnownHashesTest {

  private static final Argon2Scheme ARGON2 = Argon2Scheme.load();
  private static final PasswordSchemes SCHEMES =
      PasswordSchemes.of(ARGON2, Argon2Parameters.DEFAULT);
  private static final PasswordSchemes WITH_PLAINTEXT = PasswordSchemes.of(
      ARGON2,
      Argon2Parameters.DEFAULT,
      new SchemeOptions(true, Argon2Choice.AUTO, HashLimits.DEFAULT));

  static Stream<Case> all() {
    return Stream.of("public.json", "generated.json")
        .flatMap(file -> VectorFile.cases(file).stream());
  }

  private static Stream<Case> expecting(String... verdicts) {
    return all().filter(vector -> Set.of(verdicts).contains(vector.text("expect")));
  }

  private static boolean isBroken2x(Case vector) {
    return vector.texts("tags").contains("2x");
  }

  static Stream<Case> judged() {
    return expecting("match", "mismatch").filter(vector -> !isBroken2x(vector));
  }

  @ParameterizedTest
  @MethodSource("judged")
  void answersAsTheAlgorithmDoes(Case vector) throws Exception {
    byte[] password = vector.bytes("password_hex");
    PasswordSchemes schemes = vector.text("scheme").equals("plaintext") ? WITH_PLAINTEXT : SCHEMES;

    boolean matches = schemes.read(vector.text("hash")).matches(password);

    assertThat(matches).isEqualTo(vector.text("expect").equals("match"));
    assertThat(password).as("left as it was").isEqualTo(vector.bytes("password_hex"));
  }

  static Stream<Case> refused() {
    return Stream.concat(
        expecting("malformed", "unidentified"),
        expecting("match", "mismatch").filter(KnownHashesTest::isBroken2x));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIsMalformedUnknownOrBroken(Case vector) {
    assertThatThrownBy(() -> SCHEMES.read(vector.text("hash")))
        .isInstanceOf(UnusableHashException.class)
        .message()
        .doesNotContain(vector.text("hash").substring(8));
  }

  static Stream<Case> nul() {
    return expecting("nul");
  }

  @ParameterizedTest
  @MethodSource("nul")
  void matchesNoPasswordWithANulWhereThatIsTheEndOfAPassword(Case vector) throws Exception {
    assertThat(SCHEMES.read(vector.text("hash")).matches(vector.bytes("password_hex")))
        .isFalse();
  }

  static Stream<Case> disputed() {
    return expecting("disputed");
  }

  /** Where implementations differ, the reading that matches less; but {@code $2$} is supported. */
  @ParameterizedTest
  @MethodSource("disputed")
  void takesTheSafeReadingOfWhatIsDisputed(Case vector) throws Exception {
    String hash = vector.text("hash");
    if (vector.texts("tags").contains("padding-bits")
        || vector.texts("tags").contains("salt-longer-than-16")) {
      assertThatThrownBy(() -> SCHEMES.read(hash)).isInstanceOf(UnusableHashException.class);
      return;
    }

    boolean matches = SCHEMES.read(hash).matches(vector.bytes("password_hex"));

    assertThat(matches).isEqualTo(vector.texts("tags").contains("revision-0"));
  }

  static Stream<Case> legacy() {
    return VectorFile.cases("legacy-context.json").stream();
  }

  @ParameterizedTest
  @MethodSource("legacy")
  void answersTheOldSystemsOddTextsSafely(Case vector) {
    assertThat(matches(SCHEMES, vector)).isEqualTo(shallMatch(vector));
  }

  /**
   * What the old system verified by a scheme, it verifies here, but for rounds with a sign, which nothing
   * writes. What it took for plaintext matches nothing unless its scheme is known here.
   */
  private static boolean shallMatch(Case vector) {
    String stored = vector.text("stored");
    if (vector.text("identified_as").equals("plaintext")) {
      return stored.startsWith("$argon2id$") || stored.startsWith("{bcrypt}");
    }
    return vector.text("verify").equals("true") && !stored.contains("rounds=+");
  }

  private static boolean matches(PasswordSchemes schemes, Case vector) {
    try {
      byte[] password = vector.text("password").getBytes(StandardCharsets.UTF_8);
      return schemes.read(vector.text("stored")).matches(password);
    } catch (UnusableHashException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("legacy")
  void letsNoTextThatLooksLikeAHashBeAPasswordEvenWherePlaintextIsAllowed(Case vector) {
    String stored = vector.text("stored");
    boolean plain = stored.matches("[A-Za-z0-9]{0,12}|[A-Za-z0-9]{14,31}");
    boolean expected = plain ? stored.equals(vector.text("password")) : shallMatch(vector);

    assertThat(matches(WITH_PLAINTEXT, vector)).isEqualTo(expected);
  }

  static Stream<Case> pbkdf2() {
    return VectorFile.cases("raw.json").stream()
        .filter(vector -> vector.text("algorithm").startsWith("pbkdf2"));
  }

  @ParameterizedTest
  @MethodSource("pbkdf2")
  void derivesKeysAsPbkdf2Does(Case vector) {
    Pbkdf2 variant =
        vector.text("algorithm").equals("pbkdf2_sha256") ? Pbkdf2.SHA256 : Pbkdf2.SHA512;

    byte[] derived = variant.derive(
        vector.bytes("password"),
        vector.bytes("salt"),
        Long.parseLong(vector.text("rounds")),
        Integer.parseInt(vector.text("length")));

    assertThat(derived).isEqualTo(vector.bytes("expect"));
  }

  @Test
  void readsEveryKindOfCase() {
    assertThat(judged()).hasSizeGreaterThan(700);
    assertThat(refused()).hasSizeGreaterThan(20);
    assertThat(nul()).isNotEmpty();
    assertThat(disputed()).isNotEmpty();
    assertThat(pbkdf2()).hasSizeGreaterThan(50);
    assertThatCode(() -> all().forEach(vector -> vector.texts("tags"))).doesNotThrowAnyException();
  }
}
