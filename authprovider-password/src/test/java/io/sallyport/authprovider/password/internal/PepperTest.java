package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PepperTest {

  private static final Secret ONE = Secret.ofBytes(HexFormat.of().parseHex("aa".repeat(20)));
  private static final Secret TWO = Secret.ofText("another key, of more than 32 bytes.");
  private static final byte[] PASSWORD = "open sesame".getBytes(UTF_8);

  private final PasswordSchemes schemes =
      PasswordSchemes.of(Argon2Scheme.load(), ProviderUnderTest.COST);
  private final PepperedSchemes withOne = with(new Pepper(Map.of("1", ONE), "1"));
  private final PepperedSchemes withTwo = with(new Pepper(Map.of("1", ONE, "2", TWO), "2"));
  private final PepperedSchemes without = with(Pepper.NONE);

  private PepperedSchemes with(Pepper pepper) {
    return new PepperedSchemes(schemes, pepper);
  }

  /** RFC 4231, test case 3. */
  @Test
  void mixesByHmacSha256() {
    byte[] data = HexFormat.of().parseHex("dd".repeat(50));

    byte[] mixed = new Pepper(Map.of("1", ONE), "1").mixed("1", data);

    assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(mixed)))
        .isEqualTo("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  }

  @Test
  void verifiesWhatItHashesAndWritesTheVersionBeforeIt() throws UnusableHashException {
    String stored = withTwo.hash(PASSWORD);

    assertThat(stored).startsWith("$sallyport-pepper$v=2$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(withTwo.read(stored).matches(PASSWORD)).isTrue();
    assertThat(withTwo.read(stored).matches("open sesamf".getBytes(UTF_8))).isFalse();
    assertThat(withTwo.read(stored).cost()).isEqualTo(schemes.currentCost());
  }

  @Test
  void makesHashesThatAreWorthNothingWithoutTheKey() throws UnusableHashException {
    String stored = withTwo.hash(PASSWORD);
    String bare = stored.substring(stored.indexOf("$argon2id"));

    assertThat(without.read(bare).matches(PASSWORD)).isFalse();
    assertThat(withTwo.read("$sallyport-pepper$v=1" + bare).matches(PASSWORD)).isFalse();
  }

  @Test
  void verifiesOlderVersionsAndNoneAndTellsThatTheyAreOutdated() throws UnusableHashException {
    String older = withOne.hash(PASSWORD);
    String plain = without.hash(PASSWORD);

    assertThat(withTwo.read(older).matches(PASSWORD)).isTrue();
    assertThat(withTwo.read(plain).matches(PASSWORD)).isTrue();
    assertThat(withTwo.isOutdated(withTwo.read(older))).isTrue();
    assertThat(withTwo.isOutdated(withTwo.read(plain))).isTrue();
    assertThat(withTwo.isOutdated(withTwo.read(withTwo.hash(PASSWORD)))).isFalse();
    assertThat(without.isOutdated(without.read(plain))).isFalse();
  }

  @Test
  void tellsThatAWeakHashIsOutdatedWhateverItsPepper() throws UnusableHashException {
    PepperedSchemes weaker = new PepperedSchemes(
        PasswordSchemes.of(Argon2Scheme.load(), ProviderUnderTest.WEAKER), withTwo.pepper());

    String stored = weaker.hash(PASSWORD);

    assertThat(weaker.isOutdated(weaker.read(stored))).isFalse();
    assertThat(withTwo.isOutdated(withTwo.read(stored))).isTrue();
  }

  @Test
  void leadsOutAgain() throws UnusableHashException {
    PepperedSchemes leaving = with(new Pepper(Map.of("1", ONE), null));
    String stored = withOne.hash(PASSWORD);

    assertThat(leaving.read(stored).matches(PASSWORD)).isTrue();
    assertThat(leaving.isOutdated(leaving.read(stored))).isTrue();
    assertThat(leaving.hash(PASSWORD)).startsWith("$argon2id$");
  }

  @Test
  void cannotUseAVersionThatIsNotListed() {
    String stored = withTwo.hash(PASSWORD);

    assertThatThrownBy(() -> withOne.read(stored))
        .isInstanceOf(UnusableHashException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("pepper.keys");
    assertThatThrownBy(() -> without.read(stored)).isInstanceOf(UnusableHashException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$sallyport-pepper$",
        "$sallyport-pepper$v=1",
        "$sallyport-pepper$v=1$",
        "$sallyport-pepper$v=$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$sallyport-pepper$1$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$sallyport-pepper$v=12345678901234567$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$sallyport-pepper$v=1$v=1$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$sallyport-pepper$v=1$sallyport-pepper$v=1$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"
      })
  void cannotUseWhatIsNotWrittenInItsForm(String stored) {
    assertThatThrownBy(() -> withOne.read(stored)).isInstanceOf(UnusableHashException.class);
  }

  @Test
  void showsNoKey() {
    assertThat(withTwo.pepper()).hasToString("Pepper[1, 2]");
  }
}
