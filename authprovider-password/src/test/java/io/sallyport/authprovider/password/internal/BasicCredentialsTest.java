package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.password.internal.BasicCredentials.Absent;
import io.sallyport.authprovider.password.internal.BasicCredentials.Alphabet;
import io.sallyport.authprovider.password.internal.BasicCredentials.Presented;
import io.sallyport.authprovider.password.internal.BasicCredentials.Refused;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

  private static final String ALICE = "Basic " + base64("alice:secret");

  static Stream<VectorFile.Case> vectors() {
    return VectorFile.cases("authorization.json").stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void answersEveryKnownFieldAsItsRfcSays(VectorFile.Case vector) {
    List<String> fields = vector.texts("header");

    BasicCredentials read = BasicCredentials.parse(fields, Alphabet.STANDARD);

    boolean twoFields = fields.size() > 1;
    boolean bearer = fields.stream().anyMatch(f -> f.regionMatches(true, 0, "bearer", 0, 6));
    switch (vector.text("expect")) {
      case "basic" -> assertReads(read, vector);
      case "either" -> {
        if (bearer) {
          assertThat(read).isEqualTo(new Absent());
        } else if (!(read instanceof Refused)) {
          assertReads(read, vector);
        }
      }
      case "refuse" -> {
        if (bearer && !twoFields) {
          assertThat(read).isEqualTo(new Absent());
        } else {
          assertThat(read).isInstanceOf(Refused.class);
        }
      }
      case "bearer", "not-ours", "none" -> assertThat(read).isEqualTo(new Absent());
      default -> throw new AssertionError("unknown expectation in " + vector);
    }
  }

  /** What the grammar permits and a provider refuses, an empty name or password, is refused here. */
  private static void assertReads(BasicCredentials read, VectorFile.Case vector) {
    if (vector.text("user").isEmpty() || vector.text("password").isEmpty()) {
      assertThat(read).isInstanceOf(Refused.class);
      return;
    }
    assertThat(read).isInstanceOf(Presented.class);
    assertThat(((Presented) read).name()).isEqualTo(vector.text("user"));
    assertThat(((Presented) read).password().revealBytes())
        .isEqualTo(vector.text("password").getBytes(UTF_8));
  }

  @Test
  void acceptsTheUrlAlphabetAndMissingPaddingOnlyWhenLenient() {
    String padded = "YTo_Pz4="; // a:??>
    String bare = "YTpiYw"; // a:bc

    assertThat(lenient("Basic " + padded)).isInstanceOf(Presented.class);
    assertThat(strict("Basic " + padded)).isInstanceOf(Refused.class);
    assertThat(lenient("Basic " + bare)).isInstanceOf(Presented.class);
    assertThat(strict("Basic " + bare)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "YTpi=",
        "YTpiYw=",
        "YTpiYw===",
        "YTpiYx==",
        "YTpiYx",
        "YTpiY",
        "YTpi YTpi",
        "YTpi\n",
        "ä"
      })
  void refusesBase64ThatNoEncoderWrites(String token) {
    assertThat(strict("Basic " + token)).isInstanceOf(Refused.class);
    assertThat(lenient("Basic " + token)).isInstanceOf(Refused.class);
  }

  @Test
  void keepsTheClaimedNameOfAnEmptyPasswordForTheOperator() {
    BasicCredentials read = strict("Basic " + base64("alice:"));

    assertThat(read)
        .isEqualTo(
            new Refused(Reason.MALFORMED, "username or password not found on request", "alice"));
  }

  @Test
  void refusesAPasswordFromOneByteAboveTheLimitOn() {
    String longest = "a:" + "x".repeat(Passwords.MAX_BYTES);

    assertThat(strict("Basic " + base64(longest))).isInstanceOf(Presented.class);
    assertThat(strict("Basic " + base64(longest + "x"))).isInstanceOf(Refused.class);
  }

  @Test
  void refusesANameFromOneCharacterAboveTheLimitOn() {
    assertThat(strict("Basic " + base64("n".repeat(256) + ":x"))).isInstanceOf(Presented.class);
    assertThat(strict("Basic " + base64("n".repeat(257) + ":x"))).isInstanceOf(Refused.class);
  }

  @Test
  void callsAFieldAmbiguousFromOneCharacterAboveTheLimitOn() {
    String longest = "Basic " + "A".repeat(BasicCredentials.MAX_FIELD_LENGTH - 6);

    assertThat(((Refused) strict(longest)).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(((Refused) strict(longest + "A")).reason()).isEqualTo(Reason.AMBIGUOUS);
  }

  @Test
  void tellsWithoutReadingThemWhetherThereAreAny() {
    for (List<String> fields : List.of(
        List.<String>of(),
        List.of(""),
        List.of("Bearer x"),
        List.of("Basic x"),
        List.of("bAsIc"),
        List.of("Basicx y"),
        List.of("Basic\tx"),
        List.of("Bearer x", "Bearer y"))) {
      boolean absent = BasicCredentials.parse(fields, BasicCredentials.Alphabet.STANDARD)
          instanceof BasicCredentials.Absent;

      assertThat(BasicCredentials.isPresented(fields)).as("%s", fields).isEqualTo(!absent);
    }
    assertThat(BasicCredentials.isPresented(List.of("Bearer x"))).isFalse();
    assertThat(BasicCredentials.isPresented(List.of("Basic x"))).isTrue();
  }

  @Test
  void callsTwoFieldsAmbiguousEvenIfTheyAreEqual() {
    BasicCredentials read = BasicCredentials.parse(List.of(ALICE, ALICE), Alphabet.STANDARD);

    assertThat(((Refused) read).reason()).isEqualTo(Reason.AMBIGUOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0009", "\u001f", "\u007f", "\u0080", "\u009f"})
  void refusesControlCharactersInNameAndPassword(String control) {
    assertThat(strict("Basic " + base64("al" + control + "ice:secret")))
        .isInstanceOf(Refused.class);
    assertThat(strict("Basic " + base64("alice:sec" + control + "ret")))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eda080", "c0af", "f4908080", "80", "c3", "fffe"})
  void refusesWhatIsNotUtf8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String asName = Base64.getEncoder().encodeToString(concat(bytes, "x:p".getBytes(UTF_8)));
    String asPassword = Base64.getEncoder().encodeToString(concat("x:p".getBytes(UTF_8), bytes));

    assertThat(strict("Basic " + asName)).isInstanceOf(Refused.class);
    assertThat(strict("Basic " + asPassword)).isInstanceOf(Refused.class);
  }

  @Test
  void neverShowsThePassword() {
    assertThat(strict(ALICE).toString()).contains("alice").doesNotContain("secret");
  }

  @Test
  void readsBackWhateverAClientEncodes() {
    Random random = new Random(7617);
    for (int i = 0; i < 20_000; i++) {
      String name = text(random, 40).replace(":", "");
      String password = text(random, 80);

      BasicCredentials read = strict("Basic " + base64("u" + name + ":" + password + "p"));

      assertThat(read).isInstanceOf(Presented.class);
      assertThat(((Presented) read).name()).isEqualTo("u" + name);
      assertThat(((Presented) read).password().revealText()).isEqualTo(password + "p");
    }
  }

  @Test
  void answersEveryMutationWithoutAnException() {
    Random random = new Random(9110);
    int presented = 0;
    for (int i = 0; i < 100_000; i++) {
      String field = mutated(ALICE, random);

      BasicCredentials strict = strict(field);
      BasicCredentials lenient = lenient(field);

      if (strict instanceof Presented read) {
        presented++;
        // whatever is accepted is the one way to write it
        String again = base64(read.name() + ":" + read.password().revealText());
        assertThat(field.substring(5).replace(" ", "")).isEqualTo(again);
        assertThat(lenient).isInstanceOf(Presented.class);
      }
    }
    assertThat(presented).isPositive();
  }

  private static String mutated(String field, Random random) {
    StringBuilder text = new StringBuilder(field);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(text.length());
      char any = random.nextBoolean()
          ? (char) random.nextInt(256)
          : "AZaz09+/-_= :\tbB".charAt(random.nextInt(16));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, any);
        case 1 -> text.insert(at, any);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString();
  }

  private static String text(Random random, int max) {
    return random
        .ints(random.nextInt(max), 0x20, 0x1f700)
        .filter(c -> !Character.isISOControl(c) && (c < 0xd800 || c > 0xdfff))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static BasicCredentials strict(String field) {
    return BasicCredentials.parse(List.of(field), Alphabet.STANDARD);
  }

  private static BasicCredentials lenient(String field) {
    return BasicCredentials.parse(List.of(field), Alphabet.LENIENT);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return (new String(first, ISO_8859_1) + new String(second, ISO_8859_1)).getBytes(ISO_8859_1);
  }
}
