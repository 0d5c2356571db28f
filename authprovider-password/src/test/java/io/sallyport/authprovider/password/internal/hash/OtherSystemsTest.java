package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.apache.commons.codec.digest.UnixCrypt;
import org.apache.shiro.crypto.hash.DefaultHashService;
import org.apache.shiro.crypto.hash.HashRequest;
import org.apache.shiro.crypto.hash.format.Shiro2CryptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;

/** What the programs of others make of passwords is verified; with one byte changed it is not. */
class OtherSystemsTest {

  private static final PasswordSchemes SCHEMES =
      PasswordSchemes.of(Argon2Scheme.load(), Argon2Parameters.DEFAULT);

  /** Characters of one to four bytes. */
  private static final String LETTERS = "aZ09 !$:{}\\\u00e4\u00df\u03b1\u0416\u05d0\u4e2d\u20ac";

  @SuppressWarnings("deprecation") // what is stored was made when it was not
  static Stream<Arguments> makers() {
    return Stream.of(
        maker("{bcrypt}", 4, new BCryptPasswordEncoder(4)::encode),
        maker("{bcrypt}", 4, new BCryptPasswordEncoder(BCryptVersion.$2B, 5)::encode),
        maker("", 4, new BCryptPasswordEncoder(BCryptVersion.$2Y, 4)::encode),
        maker("{argon2}", 2, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_2()::encode),
        maker(
            "{argon2@SpringSecurity_v5_8}",
            2,
            Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()::encode),
        maker("{pbkdf2}", 1, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_5()::encode),
        maker(
            "{pbkdf2@SpringSecurity_v5_8}",
            1,
            Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()::encode),
        maker("{scrypt}", 1, SCryptPasswordEncoder.defaultsForSpringSecurity_v4_1()::encode),
        maker(
            "{scrypt@SpringSecurity_v5_8}",
            1,
            SCryptPasswordEncoder.defaultsForSpringSecurity_v5_8()::encode),
        maker("", 4, new SCryptPasswordEncoder(2, 3, 2, 16, 8)::encode),
        maker("$s0", 4, new SCryptPasswordEncoder(16, 1, 1, 32, 16)::encode),
        maker("", 2, password -> shiro("argon2id", password)),
        maker("", 2, password -> shiro("2y", password)),
        maker("", 12, password -> Sha2Crypt.sha256Crypt(password.getBytes(UTF_8))),
        maker("", 12, password -> Sha2Crypt.sha512Crypt(password.getBytes(UTF_8))),
        maker(
            "",
            12,
            password -> Sha2Crypt.sha512Crypt(password.getBytes(UTF_8), "$6$rounds=1007$a.")),
        maker("", 40, password -> UnixCrypt.crypt(password.getBytes(UTF_8))));
  }

  private static Arguments maker(String prefix, int times, UnaryOperator<String> encoder) {
    return Arguments.of(prefix, times, encoder);
  }

  private static String shiro(String algorithm, String password) {
    DefaultHashService service = new DefaultHashService();
    service.setDefaultAlgorithmName(algorithm);
    return new Shiro2CryptFormat()
        .format(
            service.computeHash(new HashRequest.Builder().setSource(password).build()));
  }

  @ParameterizedTest
  @MethodSource("makers")
  void verifiesWhatTheyMakeAndNothingNear(String prefix, int times, UnaryOperator<String> encoder)
      throws Exception {
    Random random = new Random(4711);
    for (int i = 0; i < times; i++) {
      String password = password(random);
      String stored = prefix + encoder.apply(password);
      byte[] bytes = password.getBytes(UTF_8);

      assertThat(SCHEMES.read(stored).matches(bytes))
          .as("%s of %s", stored, password)
          .isTrue();

      bytes[random.nextInt(Math.min(8, bytes.length))] ^= 1;
      assertThat(SCHEMES.read(stored).matches(bytes)).as("other password").isFalse();
      assertThat(SCHEMES.isOutdated(SCHEMES.read(stored)))
          .isEqualTo(!stored.startsWith("$shiro2$argon2id"));
    }
  }

  /** At least eight bytes, so that the same change tells with des_crypt, and never more than bcrypt's. */
  private static String password(Random random) {
    StringBuilder password = new StringBuilder();
    int length = 8 + random.nextInt(16);
    for (int i = 0; i < length; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  @Test
  void verifiesWhatSpringsDelegatingEncoderMakes() throws Exception {
    String stored = PasswordEncoderFactories.createDelegatingPasswordEncoder().encode("secret");

    assertThat(SCHEMES.read(stored).matches("secret".getBytes(UTF_8))).isTrue();
    assertThat(SCHEMES.read(stored).matches("Secret".getBytes(UTF_8))).isFalse();
  }

  /** From Shiro's own tests: the order of its first releases, with padding. */
  @Test
  void verifiesWhatShirosFirstReleasesMade() throws Exception {
    String stored = "$shiro2$argon2id$v=19$t=2,m=131072,p=4"
        + "$7858qTJTreh61AzFV2XMOw==$lLzl2VNNbyFcuJo0Hp7JQpguKCDoQwxo91AWobcHzeo=";

    assertThat(SCHEMES.read(stored).matches("secret#shiro,password;Jo8opech".getBytes(UTF_8)))
        .isTrue();
  }

  /** From passlib's documentation, and from RFC 7914, whose results OpenSSL gives as well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password | $scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "pleaseletmein | $scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
        "password | $scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA"
      })
  void verifiesScrypt(String password, String stored) throws Exception {
    assertThat(SCHEMES.read(stored).matches(password.getBytes(UTF_8))).isTrue();
    assertThat(SCHEMES.read(stored).matches((password + "x").getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{noop}secret",
        "{noop}",
        "{MD5}5ebe2294ecd0e0f08eab7690d2a6ee69",
        "{SHA-256}{salt}hash",
        "{sha256}97cde38028ad898ebc02e690819fa220e88c62e0699403e94fff291cfffaf8410849f27605abcbc0",
        "{SSHA}0jyRQV56BzFVSX6EvuIEdvqLv4ng/D+H",
        "{ldap}{SSHA}0jyRQV56BzFVSX6EvuIEdvqLv4ng/D+H",
        "{bcrypt}",
        "{bcrypt}secret",
        "{bcrypt}{bcrypt}$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "{BCRYPT}$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "{argon2}$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "{bcrypt}$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "{bcrypt}$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m\n",
        "{pbkdf2}f5bb190e4b489e19cdb05d7f43841b62d43b3048f1cd6e5ee283eba6bf7c08d584f96e8d7c06787",
        "{pbkdf2}F5BB190E4B489E19CDB05D7F43841B62D43B3048F1CD6E5EE283EBA6BF7C08D584F96E8D7C06787C",
        "{pbkdf2@SpringSecurity_v5_8}f5bb190e4b489e19cdb05d7f43841b62d43b3048f1cd6e5ee283eba6bf7c08d584f96e8d7c06787c",
        "{scrypt}$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$shiro2$argon2id$v=19$t=1,t=65536,p=4$Wj/TYBdGiKbbjpxbpL1QPg$3q4QnoeuOyho6JyPoe4I/F82ngDATLFZhbOd/SafPzI",
        "$shiro2$argon2id$t=1,m=65536,p=4$Wj/TYBdGiKbbjpxbpL1QPg$3q4QnoeuOyho6JyPoe4I/F82ngDATLFZhbOd/SafPzI",
        "$shiro2$argon2id$v=19$t=1,m=65536,p=4$Wj/TYBdGiKbbjpxbpL1QPg=$3q4QnoeuOyho6JyPoe4I/F82ngDATLFZhbOd/SafPzI",
        "$shiro2$SHA-512$500000$salt$hash",
        "$shiro1$SHA-256$500000$eWpVX2tGX7WCP2J+jMCNqw==$it/NRclMOHrfOvhAEFZ0mxIZRdbcfqIBdwdwdDXW2dM=",
        "$scrypt$ln=16,r=8$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "$scrypt$ln=0,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "$scrypt$ln=16,r=1,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "$scrypt$ln=4,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDl",
        "$s0$e0801$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E",
        "$s0$e0800$aM15713r3Xsvxbi31lqr1Q==$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E=",
        "$s0$e0001$aM15713r3Xsvxbi31lqr1Q==$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E=",
        "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
        "$y$j9T$salt$hash",
        "$1$zyQ7y8TV$rSWeNzATpBV/gkpOs2ium/",
        "!$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "secret",
        ""
      })
  void refusesWhatItDoesNotKnow(String stored) {
    assertThatThrownBy(() -> SCHEMES.read(stored))
        .isInstanceOf(UnusableHashException.class)
        .satisfies(e -> assertThat(e.getMessage().toLowerCase(Locale.ROOT))
            .doesNotContain("secret")
            .doesNotContain("bar9g2yv84"));
  }

  @Test
  void saysWhyDigestsAndTheClearAndTheBrokenBcryptAreRefused() {
    assertThatThrownBy(() -> SCHEMES.read("{MD5}5ebe2294ecd0e0f08eab7690d2a6ee69"))
        .hasMessageContaining("{md5}")
        .hasMessageContaining("too fast");
    assertThatThrownBy(() -> SCHEMES.read("{noop}secret")).hasMessageContaining("allow_plaintext");
    assertThatThrownBy(
            () -> SCHEMES.read("$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e"))
        .hasMessageContaining("broken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m",
        "$5$rounds=1000$K8zvAzRKFODcSgAU$7Sf4ZEEKe1C4rrKaBAVmc80uvGjDgMx/jxFqK.Ewpu/",
        "$pbkdf2-sha256$10$n3MuhRBibA2BsPae0/rf2w$YcvS5Ywy7xR0yUQXkhKncXWaUSNFvrVqXAEV5uzh5DM",
        "$pbkdf2-sha512$10$HWOMMSbkfI8R4vzfm7M2Jg$SbQEpkb8VfdPPRZpHXOQzxAlz0sM1.MWgeiG.IvU/us6TCykx.BFtqsKkmf0R1XDOaT9a40koMLujHZ24qcW3Q",
        "XnByxlmr4MgAs"
      })
  void matchesNothingOnceAnyCharacterOfAHashIsAnother(String stored) {
    byte[] password = "pwoOwkO".getBytes(UTF_8);
    List<String> others = List.of(".", "/", "A", "Z", "a", "z", "0", "1", "9", "$");
    assertThat(matches(stored, password)).isTrue();
    for (int at = 0; at < stored.length(); at++) {
      for (String other : others) {
        String changed = stored.substring(0, at) + other + stored.substring(at + 1);
        boolean meansTheSame = changed.equals(stored) || changed.matches("\\$2[ay]\\$.*");
        if (!meansTheSame) {
          assertThat(matches(changed, password)).as(changed).isFalse();
        }
      }
    }
  }

  private static boolean matches(String stored, byte[] password) {
    try {
      return cheap(SCHEMES.read(stored)) && SCHEMES.read(stored).matches(password);
    } catch (UnusableHashException e) {
      return false;
    }
  }

  /** A changed digit of the cost may be a hundred times as much, and is tried elsewhere. */
  private static boolean cheap(StoredHash hash) {
    return !hash.cost().parameters().matches("cost=([6-9]|[1-9][0-9])|rounds=[0-9]{5,}");
  }
}
