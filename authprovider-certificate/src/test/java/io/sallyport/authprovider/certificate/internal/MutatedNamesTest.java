package io.sallyport.authprovider.certificate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateParsingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes there are in the place of names, what comes out is names or the one exception. */
class MutatedNamesTest {

  private static final int ROUNDS = 50_000;
  private static final byte[] SUBJECT =
      new X500Principal("CN=jobs+UID=7,OU=\u00e9quipe,O=Example,DC=org").getEncoded();
  private static final byte[] NAMES = Der.element(
      0x04,
      Der.sequence(
          Der.dns("a.internal"),
          Der.uri("spiffe://example.org/jobs"),
          Der.email("a@example.org"),
          Der.element(0x87, new byte[] {10, 0, 0, 1})));

  @Test
  void mutatedSubjectsAreReadOrRefused() {
    Random random = new Random(20_261_123);
    int read = 0;

    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutated = mutate(SUBJECT, random);
      try {
        var name = DistinguishedName.read(mutated);
        assertThat(name.parts()).noneMatch(part -> part.isEmpty());
        read++;
      } catch (CertificateParsingException e) {
        assertThat(e.getMessage()).startsWith("a").hasSizeLessThan(100);
      }
    }

    assertThat(read).isPositive().isLessThan(ROUNDS);
  }

  @Test
  void mutatedAlternativeNamesAreReadOrRefused() {
    Random random = new Random(20_261_124);
    int read = 0;

    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutated = mutate(NAMES, random);
      try {
        var names = AlternativeNames.read(mutated);
        for (NameKind kind : NameKind.values()) {
          assertThat(names.ofKind(kind)).allMatch(AlternativeNames::isName);
        }
        read++;
      } catch (CertificateParsingException e) {
        assertThat(e.getMessage()).startsWith("a").hasSizeLessThan(100);
      }
    }

    assertThat(read).isPositive().isLessThan(ROUNDS);
  }

  /** Lengths that are indefinite, longer than needed, beyond the end or of too many bytes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3080",
        "30800000",
        "308100",
        "30820000",
        "30830000000",
        "3001",
        "3081",
        "308201",
        "30820100",
        "300000",
        "3f00",
        "3100",
        "30023100",
        "30043102300",
        "300b310930070603550403",
        "30043102" + "3000"
      })
  void whatIsNoNameInDerIsRefused(String digits) {
    byte[] der = Der.hex(digits.length() % 2 == 0 ? digits : digits + "0");

    assertThatThrownBy(() -> DistinguishedName.read(der))
        .isInstanceOf(CertificateParsingException.class);
    assertThatThrownBy(() -> AlternativeNames.read(der))
        .isInstanceOf(CertificateParsingException.class);
  }

  @Test
  void longNamesAreReadWhole() throws CertificateParsingException {
    for (int length : List.of(127, 128, 200, 255, 256, 300, 5_000)) {
      String name = "x".repeat(length);

      assertThat(DistinguishedName.parse("CN=" + name).commonNames()).containsExactly(name);
      assertThat(AlternativeNames.read(Der.element(0x04, Der.sequence(Der.dns(name))))
              .ofKind(NameKind.SAN_DNS))
          .containsExactly(name);
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
        case 2 -> bytes[at] = (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1));
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }
}
