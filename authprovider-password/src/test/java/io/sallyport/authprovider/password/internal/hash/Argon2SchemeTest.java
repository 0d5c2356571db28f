package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spi.UnavailableException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2SchemeTest {

  private static final String GOOD =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private static final Argon2Scheme SCHEME = Argon2Scheme.load();
  private static final PasswordSchemes SCHEMES =
      PasswordSchemes.of(SCHEME, Argon2Parameters.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$",
        "$argon2id$v=19",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=1,keyid=x$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=9999999999$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=0256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=+256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ=$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHR$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgM-_",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL\n",
        "$argon2id$v=19$m=٢٥٦,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
      })
  void refusesWhatIsNotTheOneWayToWriteAHash(String stored) {
    assertThat(SCHEME.claims(stored)).isTrue();
    assertThatThrownBy(() -> SCHEMES.read(stored))
        .isInstanceOf(UnusableHashException.class)
        .hasMessageStartingWith("is malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "'m=262144,t=1,p=1', 'm=262145,t=1,p=1'",
    "'m=262144,t=8,p=1', 'm=262144,t=9,p=1'",
    "'m=8,t=100,p=1', 'm=8,t=101,p=1'",
    "'m=512,t=1,p=64', 'm=520,t=1,p=65'",
    "'m=64,t=1,p=8', 'm=63,t=1,p=8'",
    "'m=8,t=1,p=1', 'm=7,t=1,p=1'"
  })
  void readsCostsUpToTheBoundAndNoneBeyond(String atTheBound, String beyond) {
    String form = "$argon2id$v=19$%s$c29tZXNhbHQ$nf65EOgL";

    assertThatCode(() -> SCHEMES.read(form.formatted(atTheBound))).doesNotThrowAnyException();
    assertThatThrownBy(() -> SCHEMES.read(form.formatted(beyond)))
        .isInstanceOf(UnusableHashException.class);
  }

  @Test
  void needsEightBytesOfSaltAndFourOfHash() {
    String form = "$argon2id$v=19$m=256,t=2,p=1$%s$%s";

    assertThatCode(() -> SCHEMES.read(form.formatted("AAAAAAAAAAA", "AAAAAA")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SCHEMES.read(form.formatted("AAAAAAAAAA", "AAAAAA")))
        .hasMessageContaining("salt is shorter");
    assertThatThrownBy(() -> SCHEMES.read(form.formatted("AAAAAAAAAAA", "AAAA")))
        .hasMessageContaining("hash is shorter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=38912,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=7168,t=6,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
      })
  void leavesWhatCostsAsMuchOrMoreThanNewHashes(String stored) throws Exception {
    assertThat(SCHEMES.isOutdated(SCHEMES.read(stored))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19455,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=19456,t=1,p=8$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=16$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2d$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAA",
      })
  void findsOutdatedWhatIsWeakerThanNewHashes(String stored) throws Exception {
    assertThat(SCHEMES.isOutdated(SCHEMES.read(stored))).isTrue();
  }

  @Test
  void neverFindsItsOwnHashesOutdatedOrTooCostly() throws Exception {
    HashLimits tight = new HashLimits(64, 64, 1, 4, 1, 1000);
    Argon2Parameters cost = Argon2Parameters.argon2id(19_456, 2, 1);
    PasswordSchemes schemes =
        PasswordSchemes.of(SCHEME, cost, new SchemeOptions(false, Argon2Choice.AUTO, tight));

    StoredHash own = schemes.read(schemes.hash(new byte[] {'x'}));

    assertThat(schemes.isOutdated(own)).isFalse();
    assertThat(own.cost()).isEqualTo(schemes.currentCost());
  }

  @Test
  void hashesWithTheConfiguredCostAndAFreshSalt() throws Exception {
    byte[] password = "correct horse".getBytes(UTF_8);

    String first = SCHEME.hash(Argon2Parameters.DEFAULT, password);
    String second = SCHEME.hash(Argon2Parameters.DEFAULT, password);

    assertThat(first)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
        .isNotEqualTo(second);
    assertThat(SCHEMES.read(first).matches(password)).isTrue();
    assertThat(SCHEMES.read(first).matches("correct horsf".getBytes(UTF_8))).isFalse();
    assertThat(password).isEqualTo("correct horse".getBytes(UTF_8));
  }

  @Test
  void isUnavailableAndNotWrongWhenTheLibraryReportsAnError() {
    byte[] saltTooShort = new byte[1];

    assertThatThrownBy(() -> new NativeArgon2()
            .hash(Argon2Parameters.argon2id(64, 1, 1), new byte[] {1}, saltTooShort, 32))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Salt is too short");
  }

  @Test
  void survivesEveryMutationOfAHash() {
    Random random = new Random(9106);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      text.setCharAt(random.nextInt(text.length()), (char) (1 + random.nextInt(160)));
      if (random.nextBoolean()) {
        text.setLength(random.nextInt(text.length()));
      }
      try {
        SCHEMES.read(text.toString());
        read++;
      } catch (UnusableHashException e) {
        assertThat(e.getMessage()).doesNotContain("nf65EOgL");
      }
    }
    assertThat(read).isBetween(1, 25_000);
  }
}
