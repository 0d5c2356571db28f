package io.sallyport.authprovider.token.internal.verified;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {

  private static final Instant NOW = Samples.NOW;

  @Test
  void findsWhatItRemembersAndNothingElse() {
    VerifiedTokens<Ended> verified = new VerifiedTokens<Ended>(8);
    Ended token = token("u-1", 600);

    verified.remember(digest(verified, "a.b.c"), token, NOW);

    assertThat(verified.find(digest(verified, "a.b.c"))).containsSame(token);
    assertThat(verified.find(digest(verified, "a.b.d"))).isEmpty();
    verified.clear();
    assertThat(verified.find(digest(verified, "a.b.c"))).isEmpty();
  }

  /** The key of the digests is drawn for each process: nobody knows which tokens share a place. */
  @Test
  void digestsOneTokenInAnotherWayInEachMemory() {
    TokenDigest one = digest(new VerifiedTokens<Ended>(8), "a.b.c");

    assertThat(one).isNotEqualTo(digest(new VerifiedTokens<Ended>(8), "a.b.c"));
    assertThat(one.toString()).isEqualTo("TokenDigest[hidden]");
  }

  @Test
  void comparesAllBits() {
    VerifiedTokens<Ended> verified = new VerifiedTokens<Ended>(8);
    verified.remember(new TokenDigest(1, 2, 3, 4), token("u-1", 600), NOW);

    assertThat(verified.find(new TokenDigest(1, 2, 3, 4))).isPresent();
    assertThat(List.of(
            new TokenDigest(0, 2, 3, 4),
            new TokenDigest(1, 0, 3, 4),
            new TokenDigest(1, 2, 0, 4),
            new TokenDigest(1, 2, 3, 0)))
        .allMatch(other -> verified.find(other).isEmpty());
  }

  @Test
  void holdsNoMoreThanItMayAndTheYoungestAlways() {
    VerifiedTokens<Ended> verified = new VerifiedTokens<Ended>(80);

    for (int i = 0; i < 5_000; i++) {
      TokenDigest digest = digest(verified, "token" + i);
      verified.remember(digest, token("u-" + i, 600), NOW);
      assertThat(verified.find(digest)).isPresent();
    }

    assertThat(verified.size()).isEqualTo(80);
  }

  @Test
  void letsOneUserWithManyTokensPushOutFewOfOthers() {
    VerifiedTokens<Ended> verified = new VerifiedTokens<Ended>(800);
    Set<TokenDigest> others = new HashSet<>();
    IntStream.range(0, 5_000).forEach(i -> {
      TokenDigest digest = digest(verified, "other" + i);
      others.add(digest);
      verified.remember(digest, token("u-" + i, 600), NOW);
    });
    long before = others.stream().filter(d -> verified.find(d).isPresent()).count();

    IntStream.range(0, 50_000)
        .forEach(
            i -> verified.remember(digest(verified, "flood" + i), token("u-flood", 86_400), NOW));

    assertThat(before).isEqualTo(800);
    assertThat(others.stream().filter(d -> verified.find(d).isPresent()).count())
        .isEqualTo(700);
  }

  @Test
  void makesRoomByWhatHasEndedFirst() {
    VerifiedTokens<Ended> verified = new VerifiedTokens<Ended>(1);
    for (int i = 0; i < 8; i++) {
      verified.remember(digest(verified, "t" + i), token("u-" + i, i == 5 ? 1 : 600), NOW);
    }

    verified.remember(digest(verified, "new"), token("u-new", 600), NOW.plusSeconds(1));

    assertThat(verified.find(digest(verified, "t5"))).isEmpty();
    assertThat(verified.size()).isEqualTo(8);
  }

  @Test
  void readsItsSizeFromTheSettings() {
    MapSettings wrong = new MapSettings(Map.of("cache", "on"));
    VerifiedTokens.read(wrong);
    MapSettings off = new MapSettings(Map.of("cache", "off"));

    assertThat(wrong.problems())
        .containsExactly("cache: expected off, or a mapping with max_entries");
    assertThat(VerifiedTokens.read(off).digest("a.b.c")).isEmpty();
    assertThat(VerifiedTokens.read(new MapSettings(Map.of())).digest("a.b.c")).isPresent();
    assertThat(VerifiedTokens.read(new MapSettings(Map.of("cache", Map.of("max_entries", 8))))
            .digest("a.b.c"))
        .isPresent();
  }

  private static TokenDigest digest(VerifiedTokens<?> verified, String token) {
    return verified.digest(token).orElseThrow();
  }

  private static Ended token(String user, long seconds) {
    return new Ended(user, NOW.plusSeconds(seconds));
  }

  private record Ended(Object holder, Instant endsAt) implements Remembered {}
}
