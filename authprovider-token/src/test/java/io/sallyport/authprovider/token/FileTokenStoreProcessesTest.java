package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a file, and one that is killed while it rewrites it. */
@Timeout(300)
final class FileTokenStoreProcessesTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(30));
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");
  private static final int CONTESTED = 500;
  private static final int REVOKED = 15;
  private static final int KEPT = 1500;
  private static final Duration STALENESS = Duration.ofMillis(100);

  @TempDir
  Path folder;

  @TempDir
  Path elsewhere;

  /** Waits for a file, then uses up all refresh tokens that it gets. */
  static final class Consumer {
    private Consumer() {}

    public static void main(String[] args) {
      try (TokenStore store = open(Path.of(args[0]))) {
        System.out.println("ready");
        while (!Files.exists(Path.of(args[1]))) {
          Thread.onSpinWait();
        }
        for (int i = 0; i < CONTESTED; i++) {
          if (store.consume("r" + i, NOW)) {
            System.out.println("won r" + i);
          }
        }
        System.out.println("done");
      }
    }
  }

  /** Says when it sees that a token is revoked. */
  static final class Watcher {
    private Watcher() {}

    public static void main(String[] args) {
      try (TokenStore store = open(Path.of(args[0]))) {
        System.out.println("ready");
        for (int i = 0; i < REVOKED; i++) {
          while (!store.isRevoked(signed("s" + i), LENA)) {
            Thread.onSpinWait();
          }
          System.out.println("seen s" + i + " " + System.currentTimeMillis());
        }
      }
    }
  }

  /** Saves one token, which makes it rewrite a journal that is mostly garbage. */
  static final class Rewriter {
    private Rewriter() {}

    public static void main(String[] args) {
      try (TokenStore store = open(Path.of(args[0]))) {
        store.save(token(args[1], TokenKind.STORED, ""));
        System.out.println("saved " + args[1]);
      }
    }
  }

  private static TokenStore open(Path file) {
    MapSettings settings =
        new MapSettings(Map.of("path", file.toString(), "max_staleness", "0.1s"));
    TokenStore store = new FileTokenStoreFactory()
        .create(settings, new StandardContext(InstantSource.fixed(NOW), List.of()));
    if (!settings.problems().isEmpty()) {
      throw new IllegalStateException(settings.problems().toString());
    }
    return store;
  }

  private static StoredToken token(String id, TokenKind kind, String description) {
    return StoredToken.builder(kind, id, LENA, "lena", NOW)
        .description(description)
        .build();
  }

  private static TokenDetails signed(String id) {
    return new TokenDetails(TokenKind.SIGNED, id, null, NOW, null);
  }

  private Path file() {
    return folder.resolve("tokens.journal");
  }

  private Process start(Class<?> main, Path said, String... arguments) throws IOException {
    return ChildProcess.start(main, said, errors(said), List.of(), arguments);
  }

  private static Path errors(Path said) {
    return said.resolveSibling(said.getFileName() + ".errors");
  }

  private static void waitForLine(Process process, Path said, String line) throws Exception {
    while (!Files.readAllLines(said).contains(line)) {
      boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
      assertThat(ended && !Files.readAllLines(said).contains(line))
          .as("ended without " + line + "; " + Files.readString(errors(said)))
          .isFalse();
    }
  }

  private static List<String> won(Path said) throws IOException {
    return Files.readAllLines(said).stream()
        .filter(line -> line.startsWith("won "))
        .toList();
  }

  @Test
  void oneOfTwoProcessesUsesUpEachRefreshToken() throws Exception {
    List<String> all = new ArrayList<>();
    try (TokenStore store = open(file())) {
      for (int i = 0; i < CONTESTED; i++) {
        store.save(token("r" + i, TokenKind.REFRESH, ""));
        all.add("won r" + i);
      }
    }
    Path first = elsewhere.resolve("first");
    Path second = elsewhere.resolve("second");
    Path go = elsewhere.resolve("go");
    Process one = start(Consumer.class, first, file().toString(), go.toString());
    Process two = start(Consumer.class, second, file().toString(), go.toString());
    waitForLine(one, first, "ready");
    waitForLine(two, second, "ready");

    Files.createFile(go);
    waitForLine(one, first, "done");
    waitForLine(two, second, "done");

    List<String> winners = new ArrayList<>(won(first));
    winners.addAll(won(second));
    assertThat(winners).containsExactlyInAnyOrderElementsOf(all);
    assertThat(won(first)).as("of the first").isNotEmpty();
    assertThat(won(second)).as("of the second").isNotEmpty();
    assertThat(one.waitFor() + two.waitFor()).isZero();
  }

  @Test
  void anotherProcessSeesARevocationWithinTheStaleness() throws Exception {
    Path said = elsewhere.resolve("said");
    List<Long> revoked = new ArrayList<>();
    try (TokenStore store = open(file())) {
      Process watcher = start(Watcher.class, said, file().toString());
      waitForLine(watcher, said, "ready");

      for (int i = 0; i < REVOKED; i++) {
        store.revoke("s" + i, END);
        revoked.add(System.currentTimeMillis());
        int number = i;
        while (Files.readAllLines(said).stream()
            .noneMatch(line -> line.startsWith("seen s" + number + " "))) {
          assertThat(System.currentTimeMillis() - revoked.get(i)).isLessThan(20_000);
          assertThat(watcher.waitFor(1, TimeUnit.MILLISECONDS) && number < REVOKED - 1)
              .isFalse();
        }
      }
    }

    List<String> seen = Files.readAllLines(said).subList(1, REVOKED + 1);
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < REVOKED; i++) {
      String at = seen.get(i).substring(seen.get(i).lastIndexOf(' ') + 1);
      after.add(Long.parseLong(at) - revoked.get(i));
    }
    // a machine that is busy may hold one or the other up, but not most of them
    assertThat(after.stream().sorted().toList().get(REVOKED / 2))
        .as("median of " + after)
        .isLessThanOrEqualTo(STALENESS.toMillis());
  }

  /** A journal that the next change makes somebody rewrite. */
  private Path mostlyGarbage() throws IOException {
    try (TokenStore store = open(file())) {
      Map<String, Instant> uses = new HashMap<>();
      for (int i = 0; i < KEPT; i++) {
        store.save(token("t" + i, TokenKind.STORED, "x".repeat(4000)));
        uses.put("t" + i, NOW);
      }
      store.revoke("s", END);
      for (int i = 1; i <= 6; i++) { // rewritten once, and not again for some time
        int seconds = i;
        uses.replaceAll((id, before) -> NOW.plusSeconds(seconds));
        store.touch(uses);
        store.save(token("u" + i, TokenKind.STORED, ""));
      }
    }
    return Files.copy(file(), elsewhere.resolve("garbage"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void losesNothingIfItIsKilledWhileItRewrites() throws Exception {
    Random random = new Random(7);
    Path garbage = mostlyGarbage();
    Path unfinished = folder.resolve(".tokens.journal.new");
    int within = 0;
    for (int round = 0; round < 14; round++) {
      Files.copy(
          garbage, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Path said = elsewhere.resolve("said" + round);
      Process rewriter = start(Rewriter.class, said, file().toString(), "new" + round);
      while (!Files.exists(unfinished) && rewriter.isAlive()) {
        Thread.onSpinWait();
      }
      long until = System.nanoTime() + random.nextInt(15_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }

      rewriter.destroyForcibly().waitFor();

      within += Files.exists(unfinished) ? 1 : 0;
      try (TokenStore store = open(file())) {
        for (int i = 0; i < KEPT; i++) {
          assertThat(store.find("t" + i).orElseThrow().lastUsedAt()).contains(NOW.plusSeconds(6));
        }
        assertThat(store.isRevoked(signed("s"), LENA)).isTrue();
        boolean acknowledged = Files.readString(said).contains("saved");
        assertThat(store.find("new" + round).isPresent() || !acknowledged).isTrue();
      }
      assertThat(unfinished).doesNotExist();
    }
    assertThat(within).as("kills within a rewriting, of 14").isGreaterThanOrEqualTo(3);
  }
}
