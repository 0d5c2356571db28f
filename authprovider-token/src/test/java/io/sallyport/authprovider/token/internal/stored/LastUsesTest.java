package io.sallyport.authprovider.token.internal.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapTokenStore;
import io.sallyport.authprovider.token.internal.Samples;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LastUsesTest {

  private final MapTokenStore store = new MapTokenStore();
  private volatile Instant now = Samples.NOW;
  private final LastUses uses = new LastUses(store, () -> now);

  @Test
  void writesATokenAtMostOnceAMinute() {
    StoredToken token = token("a");
    note(token);
    await(() -> lastUse("a") != null);
    now = Samples.NOW.plusSeconds(60).minusNanos(1);
    note(token);
    now = Samples.NOW.plusSeconds(60);
    note(token);
    note(token);
    uses.close();

    assertThat(lastUse("a")).isEqualTo(now);
    assertThat(store.touches).hasValue(2);
  }

  @Test
  void writesManyInOneCall() {
    for (int i = 0; i < 1000; i++) {
      note(token("t" + i));
    }
    uses.close();

    assertThat(store.touches).hasValueBetween(1, 10);
    assertThat(store.tokens.values()).allMatch(token -> token.lastUsedAt().isPresent());
  }

  @Test
  void asksNoStoreForWhatItKnowsToBeRecent() {
    note(token("a").toBuilder().lastUsedAt(Samples.NOW.minusSeconds(59)).build());
    note(token("b").toBuilder().lastUsedAt(Samples.NOW.minusSeconds(60)).build());
    uses.close();

    assertThat(lastUse("a")).isNull();
    assertThat(lastUse("b")).isEqualTo(Samples.NOW);
  }

  @Test
  void dropsWhatTheStoreDoesNotTakeAndGoesOn() {
    StoredToken dropped = token("a");
    store.down = true;
    note(dropped);
    await(() -> store.touches.get() == 1);
    store.down = false;
    note(token("b"));
    uses.close();

    assertThat(lastUse("a")).isNull();
    assertThat(lastUse("b")).isEqualTo(Samples.NOW);
  }

  @Test
  void holdsNoApplicationByItsThread() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var application = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(application);
      note(token("a"));
      await(() -> lastUse("a") != null);

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(running -> running.getName().equals("sallyport-token-uses"))
          .isNotEmpty()
          .noneMatch(running -> running.getContextClassLoader() == application);
    } finally {
      thread.setContextClassLoader(before);
      uses.close();
    }
  }

  @Test
  void growsToABoundOnly() {
    StoredToken one = token("x");
    for (int i = 0; i < LastUses.MAX_TOKENS + 1000; i++) {
      uses.note(
          StoredToken.builder(TokenKind.STORED, "t" + i, one.owner(), "lena", now)
              .build(),
          now);
    }

    assertThat(uses.size()).isLessThanOrEqualTo(LastUses.MAX_TOKENS);
    uses.close();
  }

  @Test
  void writesOnAfterTheClockWasPutBack() {
    StoredToken token = token("a");
    note(token);
    await(() -> lastUse("a") != null);
    now = Samples.NOW.minus(Duration.ofDays(1));
    note(token);
    uses.close();

    assertThat(lastUse("a")).isEqualTo(now);
  }

  @Test
  void takesNoHarmFromUsesAfterItsEnd() {
    uses.close();
    note(token("a"));
    uses.close();

    assertThat(lastUse("a")).isNull();
  }

  private void note(StoredToken token) {
    uses.note(token, now);
  }

  private StoredToken token(String id) {
    StoredToken token = StoredToken.builder(
            TokenKind.STORED, id, new TokenOwner("main", "u-lena"), "lena", Samples.NOW)
        .build();
    store.save(token);
    return token;
  }

  private @Nullable Instant lastUse(String id) {
    return store.tokens.get(id).lastUsedAt().orElse(null);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 20 seconds");
      }
      Thread.onSpinWait();
    }
  }
}
