package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecurityStampTest {

  private static final byte[] EPOCH = {1, 2, 3};
  private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");

  private static SecurityStamp stamp(String id, byte[] epoch, boolean active, Instant notBefore) {
    return SecurityStamp.of(id, epoch, active, notBefore);
  }

  @Test
  void isTheSameForTheSameState() {
    assertThat(stamp("a", EPOCH, true, THEN)).isEqualTo(stamp("a", EPOCH.clone(), true, THEN));
    assertThat(stamp("a", EPOCH, true, THEN)).hasSameHashCodeAs(stamp("a", EPOCH, true, THEN));
  }

  @Test
  void changesWithEachOfItsParts() {
    SecurityStamp stamp = stamp("a", EPOCH, true, THEN);

    assertThat(stamp).isNotEqualTo(stamp("b", EPOCH, true, THEN));
    assertThat(stamp).isNotEqualTo(stamp("a", new byte[] {1, 2, 4}, true, THEN));
    assertThat(stamp).isNotEqualTo(stamp("a", EPOCH, false, THEN));
    assertThat(stamp).isNotEqualTo(stamp("a", EPOCH, true, THEN.plusNanos(1)));
    assertThat(stamp).isNotEqualTo(SecurityStamp.of("a", EPOCH, true, null));
    assertThat(stamp).isNotEqualTo("a stamp");
  }

  @Test
  void doesNotConfuseWhereOnePartEndsAndTheNextBegins() {
    byte[] bc = "bc".getBytes(StandardCharsets.UTF_8);
    byte[] c = "c".getBytes(StandardCharsets.UTF_8);

    assertThat(SecurityStamp.of("a", bc, true, null))
        .isNotEqualTo(SecurityStamp.of("ab", c, true, null));
  }

  @Test
  void leavesTheProcessAsAMacOf128BitsOnly() {
    SecurityStamp stamp = stamp("a", EPOCH, true, THEN);
    Secret key = Secret.ofText("a key of the issuer");

    assertThat(stamp.mac(key)).hasSize(16).isEqualTo(stamp.mac(key));
    assertThat(stamp.mac(key)).isNotEqualTo(stamp.mac(Secret.ofText("another key")));
    assertThat(stamp.mac(key)).isNotEqualTo(stamp("b", EPOCH, true, THEN).mac(key));
    assertThat(stamp.toString()).isEqualTo("SecurityStamp[hidden]");
  }
}
