package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 10: what was acknowledged outlives a process that is killed, or that finds the disk full. */
@Timeout(600)
final class FileTokenStoreCrashTest {

  private static final int KILLS = 200;
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(30));
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  @TempDir
  Path folder;

  @TempDir
  Path elsewhere;

  /** Changes a store without end, and says what it is about to do and what it has done. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      PrintStream said = System.out;
      try (TokenStore store = open(Path.of(args[0]))) {
        int threads = Integer.parseInt(args[2]);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          String prefix = args[1] + "-" + t + "-";
          Thread thread = new Thread(() -> change(store, prefix, said));
          thread.start();
          all.add(thread);
        }
        for (Thread thread : all) {
          thread.join();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } catch (UnavailableException e) {
        said.println("unavailable");
      }
    }

    private static void change(TokenStore store, String prefix, PrintStream said) {
      try {
        for (int i = 0; ; i++) {
          String id = prefix + i;
          store.save(token(id, i % 3 == 0 ? TokenKind.STORED : TokenKind.REFRESH));
          said.println("saved " + id);
          if (i % 3 == 0 && i % 4 != 0) {
            said.println("deleting " + id);
            store.delete(id);
            said.println("deleted " + id);
          } else if (i % 3 == 1) {
            said.println("consuming " + id);
            store.consume(id, NOW);
            said.println("consumed " + id);
          } else if (i % 3 == 2) {
            said.println("revoking " + id);
            store.revoke(id, i % 5 == 0 ? END : NOW);
            said.println("revoked " + id);
          }
        }
      } catch (UnavailableException e) {
        said.println("unavailable " + prefix);
      }
    }
  }

  private static StoredToken token(String id, TokenKind kind) {
    return StoredToken.builder(kind, id, LENA, "lena", NOW)
        .description("x".repeat(200))
        .build();
  }

  private static TokenStore open(Path file) {
    MapSettings settings =
        new MapSettings(Map.of("path", file.toString(), "max_tokens", 1_000_000));
    TokenStore store = new FileTokenStoreFactory()
        .create(settings, new StandardContext(InstantSource.fixed(NOW), List.of()));
    if (!settings.problems().isEmpty()) {
      throw new IllegalStateException(settings.problems().toString());
    }
    return store;
  }

  private Path file() {
    return folder.resolve("tokens.journal");
  }

  private Process start(Path said, String round, int threads, String... before) throws IOException {
    return ChildProcess.start(
        Writer.class,
        said,
        elsewhere.resolve("errors"),
        List.of(before),
        file().toString(),
        round,
        String.valueOf(threads));
  }

  private String errors() {
    try {
      return Files.readString(elsewhere.resolve("errors"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last that was said in full of each token. */
  private static Map<String, String> said(Path said) throws IOException {
    String text = Files.readString(said);
    Map<String, String> last = new HashMap<>();
    text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
      String[] words = line.split(" ", 2);
      if (words.length == 2) {
        last.put(words[1], words[0]);
      }
    });
    return last;
  }

  private static void requireKept(TokenStore store, Map<String, String> said) {
    said.forEach((id, what) -> {
      boolean found = store.find(id).isPresent();
      boolean consumed = store.find(id).flatMap(StoredToken::consumedAt).isPresent();
      boolean revoked =
          store.isRevoked(new TokenDetails(TokenKind.SIGNED, id, null, NOW, null), LENA);
      switch (what) {
        case "saved" ->
          assertThat(found && !consumed && !revoked).as(what + " " + id).isTrue();
        case "consumed" -> assertThat(found && consumed).as(what + " " + id).isTrue();
        case "consuming" -> assertThat(found).as(what + " " + id).isTrue();
        case "deleted" -> assertThat(found).as(what + " " + id).isFalse();
        case "revoked" -> assertThat(revoked && !found).as(what + " " + id).isTrue();
        case "revoking" -> assertThat(revoked).as(what + " " + id).isNotEqualTo(found);
        default -> assertThat(what).isIn("deleting", "unavailable");
      }
    });
  }

  @Test
  void losesNothingThatWasAcknowledgedHoweverOftenItsProcessIsKilled() throws Exception {
    Random random = new Random(5);
    Map<String, String> everything = new HashMap<>();
    for (int round = 0; round < KILLS; round++) {
      if (round % 50 == 0) {
        try (Stream<Path> left = Files.list(folder)) {
          left.forEach(FileTokenStoreCrashTest::delete);
        }
        everything.clear();
      }
      Path said = elsewhere.resolve("said");
      Process writer = start(said, "k" + round, 1 + round % 8);
      while (Files.size(said) == 0) {
        assertThat(writer.isAlive()).as("alive; " + errors()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(writer.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS)).isFalse();

      writer.destroyForcibly().waitFor();

      everything.putAll(said(said));
      try (TokenStore store = open(file())) {
        requireKept(store, everything);
      }
    }
  }

  @Test
  void twoProcessesThatShareAFileLoseNothingEither() throws Exception {
    Path first = elsewhere.resolve("first");
    Path second = elsewhere.resolve("second");
    Process one = start(first, "one", 4);
    Process two = start(second, "two", 4);
    while (said(first).size() < 800 || said(second).size() < 800) {
      assertThat(one.isAlive() && two.isAlive()).as("alive; " + errors()).isTrue();
      assertThat(one.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }

    one.destroyForcibly().waitFor();
    two.destroyForcibly().waitFor();

    try (TokenStore store = open(file())) {
      requireKept(store, said(first));
      requireKept(store, said(second));
    }
  }

  @Test
  void aFullDiskIsUnavailableAndLosesNothing() throws Exception {
    Path said = elsewhere.resolve("said");

    // no file may become larger than 64 KiB, as on a disk that is full
    Process writer = start(said, "full", 3, "bash", "-c", "ulimit -f 64; exec \"$@\"", "bash");

    assertThat(writer.waitFor()).as(errors()).isZero();
    assertThat(Files.readString(said)).contains("unavailable full-0-");
    try (TokenStore store = open(file())) {
      requireKept(store, said(said));
      assertThat(store.save(token("after", TokenKind.STORED))).isTrue();
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
