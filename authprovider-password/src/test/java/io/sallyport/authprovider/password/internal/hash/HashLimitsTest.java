package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.authprovider.password.internal.MapSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashLimitsTest {

  private static final Argon2Scheme ARGON2 = Argon2Scheme.load();
  private static final PasswordSchemes SCHEMES =
      PasswordSchemes.of(ARGON2, Argon2Parameters.DEFAULT);

  private static final String HASH_64 = "A".repeat(85) + "A";
  private static final String B32 = "A".repeat(43);

  /** A hash of a cost that is written between braces. */
  private static String form(String scheme) {
    return switch (scheme) {
      case "argon2" -> "$argon2id$v=19${}$AAAAAAAAAAAAAAAAAAAAAA$" + B32;
      case "shiro" -> "$shiro2$argon2id$v=19${}$AAAAAAAAAAAAAAAAAAAAAA$" + B32;
      case "bcrypt" -> "$2b${}$" + ".".repeat(53);
      case "pbkdf2-sha256" -> "$pbkdf2-sha256${}$AAAA$" + B32;
      case "pbkdf2-sha512" -> "$pbkdf2-sha512${}$AAAA$" + HASH_64;
      case "sha256" -> "$5$rounds={}$salt$" + ".".repeat(43);
      case "sha512" -> "$6$rounds={}$salt$" + ".".repeat(86);
      case "scrypt" -> "$scrypt${}$AAAA$" + B32;
      case "packed" -> "$s0${}$AAAA$" + B32 + "=";
      default -> throw new AssertionError(scheme);
    };
  }

  private static StoredHash read(PasswordSchemes schemes, String scheme, String cost)
      throws UnusableHashException {
    return schemes.read(form(scheme).replace("{}", cost));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argon2        | m=262144,t=8,p=1 | m=262145,t=1,p=1 | argon2id | m=262144,t=8,p=1 | 262144",
        "argon2        | m=20971,t=100,p=1 | m=20972,t=100,p=1 | argon2id | m=20971,t=100,p=1 | 20971",
        "argon2        | m=512,t=100,p=64 | m=512,t=101,p=1 | argon2id | m=512,t=100,p=64 | 512",
        "shiro         | t=8,m=262144,p=4 | t=9,m=262144,p=4 | argon2id | m=262144,t=8,p=4 | 262144",
        "bcrypt        | 15 | 16 | bcrypt | cost=15 | 0",
        "pbkdf2-sha256 | 2000000 | 2000001 | pbkdf2_sha256 | rounds=2000000 | 0",
        "pbkdf2-sha512 | 2000000 | 2000001 | pbkdf2_sha512 | rounds=2000000 | 0",
        "sha256        | 1000000 | 1000001 | sha256_crypt | rounds=1000000 | 0",
        "sha512        | 1000000 | 1000001 | sha512_crypt | rounds=1000000 | 0",
        "scrypt        | ln=17,r=15,p=1 | ln=17,r=16,p=1 | scrypt | ln=17,r=15,p=1 | 245762",
        "scrypt        | ln=14,r=8,p=63 | ln=14,r=8,p=64 | scrypt | ln=14,r=8,p=63 | 16447",
        "packed        | 110f01 | 111001 | scrypt | ln=17,r=15,p=1 | 245762"
      })
  void readsWhatCostsAsMuchAsPermittedAndNothingBeyond(
      String scheme, String within, String beyond, String name, String parameters, int memory)
      throws Exception {
    HashCost cost = read(SCHEMES, scheme, within).cost();

    assertThat(cost).isEqualTo(new HashCost(name, parameters, memory));
    assertThatThrownBy(() -> read(SCHEMES, scheme, beyond))
        .isInstanceOf(UnusableHashException.class)
        .hasMessageContaining("costs more than is permitted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argon2        | m=4294967295,t=1,p=1",
        "argon2        | m=4294967296,t=1,p=1",
        "argon2        | m=9999999999,t=9999999999,p=9999999999",
        "argon2        | m=64,t=4294967297,p=1",
        "argon2        | m=64,t=1,p=4294967297",
        "shiro         | t=4294967297,m=64,p=1",
        "bcrypt        | 31",
        "bcrypt        | 32",
        "bcrypt        | 99",
        "bcrypt        | -4",
        "bcrypt        | +4",
        "bcrypt        | 4",
        "bcrypt        | 03",
        "pbkdf2-sha256 | 999999999",
        "pbkdf2-sha256 | 4294967295",
        "pbkdf2-sha256 | 4294967297",
        "pbkdf2-sha256 | 99999999999999999999",
        "pbkdf2-sha256 | -1",
        "pbkdf2-sha256 | 0",
        "sha256        | 999999999",
        "sha256        | 4294968296",
        "sha256        | 999",
        "sha256        | -5000",
        "sha512        | 05000",
        "scrypt        | ln=20,r=8,p=1",
        "scrypt        | ln=31,r=8,p=1",
        "scrypt        | ln=63,r=8,p=1",
        "scrypt        | ln=64,r=8,p=1",
        "scrypt        | ln=99,r=9999999999,p=9999999999",
        "scrypt        | ln=14,r=4294967304,p=1",
        "scrypt        | ln=14,r=8,p=4294967297",
        "scrypt        | ln=1,r=1048576,p=1023",
        "scrypt        | ln=1,r=1,p=1073741823",
        "scrypt        | ln=-1,r=8,p=1",
        "packed        | ff0801",
        "packed        | 1fffff",
        "packed        | ffffffff0801"
      })
  void refusesWhatWouldStopTheServerOrOverflow(String scheme, String cost) {
    assertThatThrownBy(() -> read(SCHEMES, scheme, cost)).isInstanceOf(UnusableHashException.class);
  }

  @Test
  void refusesHugeSaltsHashesAndTexts() {
    String huge = "A".repeat(5000);

    for (String stored : new String[] {
      "$argon2id$v=19$m=64,t=1,p=1$" + huge + "$" + B32,
      "$argon2id$v=19$m=64,t=1,p=1$" + B32 + "$" + huge,
      "$pbkdf2-sha256$10$" + huge + "$" + B32,
      "$scrypt$ln=4,r=1,p=1$" + huge + "$" + B32,
      "$scrypt$ln=4,r=1,p=1$" + B32 + "$" + huge,
      "$5$" + huge + "$" + B32,
      "{bcrypt}" + huge,
      "{pbkdf2}" + "00".repeat(5000),
      huge
    }) {
      assertThatThrownBy(() -> SCHEMES.read(stored)).isInstanceOf(UnusableHashException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argon2        | m=64,t=4,p=1     | m=65,t=3,p=1     | limits.memory_kib",
        "argon2        | m=64,t=4,p=1     | m=64,t=5,p=1     | limits.argon2_work",
        "scrypt        | ln=8,r=1,p=1     | ln=9,r=1,p=1     | limits.memory_kib",
        "scrypt        | ln=8,r=1,p=2     | ln=8,r=1,p=3     | limits.scrypt_work",
        "bcrypt        | 05               | 06               | limits.bcrypt_cost",
        "pbkdf2-sha256 | 1000             | 1001             | limits.pbkdf2_rounds",
        "sha512        | 2000             | 2001             | limits.sha_crypt_rounds"
      })
  void followsItsSettingsAndNamesThem(String scheme, String within, String beyond, String key) {
    Argon2Parameters least = Argon2Parameters.argon2id(8, 1, 1);
    SchemeOptions options = SchemeOptions.read(new MapSettings(Map.of(
        "limits",
        new MapSettings(Map.of(
            "memory_kib", 64,
            "argon2_work", 256,
            "scrypt_work", 70,
            "bcrypt_cost", 5,
            "pbkdf2_rounds", 1000,
            "sha_crypt_rounds", 2000)))));
    PasswordSchemes schemes = PasswordSchemes.of(ARGON2, least, options);

    assertThatCode(() -> read(schemes, scheme, within)).doesNotThrowAnyException();
    assertThatThrownBy(() -> read(schemes, scheme, beyond)).hasMessageContaining(key);
  }

  @Test
  void readsDefaultsWhereNothingIsWritten() {
    SchemeOptions options = SchemeOptions.read(new MapSettings(Map.of()));

    assertThat(options).isEqualTo(SchemeOptions.DEFAULT);
    assertThat(options.allowPlaintext()).isFalse();
    assertThat(options.argon2()).isEqualTo(Argon2Choice.AUTO);
  }

  @Test
  void readsPlaintextAndTheBackend() {
    SchemeOptions options = SchemeOptions.read(new MapSettings(Map.of(
        "allow_plaintext", true, "argon2", new MapSettings(Map.of("backend", Argon2Choice.JAVA)))));

    assertThat(options).isEqualTo(new SchemeOptions(true, Argon2Choice.JAVA, HashLimits.DEFAULT));
  }

  @Test
  void matchesNoLongPasswordWhoseRoundsWouldTakeTooLong() throws Exception {
    HashLimits limits = new HashLimits(64, 256, 70, 5, 1000, 1000);
    PasswordSchemes schemes = PasswordSchemes.of(
        ARGON2,
        Argon2Parameters.argon2id(8, 1, 1),
        new SchemeOptions(false, Argon2Choice.AUTO, limits));
    byte[] longest = "x".repeat(ShaCryptScheme.MAX_BYTES).getBytes(UTF_8);
    byte[] longer = "x".repeat(ShaCryptScheme.MAX_BYTES + 1).getBytes(UTF_8);

    assertThat(schemes.read(sha512(longest)).matches(longest)).isTrue();
    assertThat(schemes.read(sha512(longer)).matches(longer)).isFalse();
    assertThat(schemes.read(sha512(longest)).matches(longer)).isFalse();
    assertThat(SCHEMES.read(sha512(longer)).matches(longer)).isTrue();
  }

  private static String sha512(byte[] password) {
    return org.apache.commons.codec.digest.Sha2Crypt.sha512Crypt(
        password.clone(), "$6$rounds=1000$salt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "p\u00e4ssw\u00f6rd",
        "1234567890123",
        "$ecret",
        "a{b}c",
        "tr\u20acs $ alt"
      })
  void takesAWordForAPasswordOnlyWherePlaintextIsAllowed(String word) throws Exception {
    PasswordSchemes allowing = PasswordSchemes.of(
        ARGON2,
        Argon2Parameters.DEFAULT,
        new SchemeOptions(true, Argon2Choice.AUTO, HashLimits.DEFAULT));
    boolean looksLikeDesCrypt = word.length() == 13;

    assertThatThrownBy(() -> SCHEMES.read(word).matches(word.getBytes(UTF_8)))
        .isInstanceOf(UnusableHashException.class);
    if (!looksLikeDesCrypt) {
      assertThat(allowing.read(word).matches(word.getBytes(UTF_8))).isTrue();
      assertThat(allowing.read(word).matches((word + "x").getBytes(UTF_8))).isFalse();
      assertThat(allowing.isOutdated(allowing.read(word))).isTrue();
    }
    assertThat(allowing.read("{noop}" + word).matches(word.getBytes(UTF_8))).isTrue();
    assertThat(allowing.read("{noop}" + word).matches(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!",
        "*",
        "!secret",
        " $2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "$1$zyQ7y8TV$rSWeNzATpBV/gkpOs2ium/",
        "{SSHA}0jyRQV56BzFVSX6EvuIEdvqLv4ng/D+H",
        "{noop}",
        "pbkdf2_sha256$10$MOHQXW6t61WY$HSc6qyvHe6eGcwDj4KQK8XiZwQHnmfnW9hYwZ2q22Rw=",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "md55f4dcc3b5aa765d61d8327deb882cf99",
        "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8",
        "secret\n",
        "$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5"
      })
  void takesNothingThatLooksLikeAHashForAPasswordInTheClear(String stored) {
    PasswordSchemes allowing = PasswordSchemes.of(
        ARGON2,
        Argon2Parameters.DEFAULT,
        new SchemeOptions(true, Argon2Choice.AUTO, HashLimits.DEFAULT));

    assertThatThrownBy(() -> allowing.read(stored)).isInstanceOf(UnusableHashException.class);
  }

  @Test
  void tellsShaCryptsCostByTheLengthThatIsComputed() throws UnusableHashException {
    StoredHash hash = PasswordSchemes.of(
            Argon2Scheme.load(), Argon2Parameters.argon2id(64, 1, 1), SchemeOptions.DEFAULT)
        .read("$6$rounds=1000000$salt$" + ".".repeat(86));

    assertThat(hash.cost(8)).isEqualTo(new HashCost("sha512_crypt", "rounds=1000000,bytes=8", 0));
    assertThat(hash.cost(256).parameters()).isEqualTo("rounds=1000000,bytes=256");
    assertThat(hash.cost(257)).as("its beginning is computed").isEqualTo(hash.cost(256));
  }
}
