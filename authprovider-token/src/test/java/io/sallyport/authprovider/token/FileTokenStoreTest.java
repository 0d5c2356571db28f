package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.testkit.TokenStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file, as a configuration makes it. */
final class FileTokenStoreTest extends TokenStoreContract {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  @TempDir
  Path folder;

  @Override
  protected TokenStore open(InstantSource clock) {
    return open(folder.resolve("contract.journal"), clock);
  }

  private TokenStore open() {
    return open(file(), InstantSource.fixed(NOW));
  }

  private Path file() {
    return folder.resolve("tokens.journal");
  }

  private static TokenStore open(Path file, InstantSource clock) {
    MapSettings settings = settings(file);
    TokenStore store =
        new FileTokenStoreFactory().create(settings, new StandardContext(clock, List.of()));
    assertThat(settings.problems()).isEmpty();
    return store;
  }

  private static MapSettings settings(Path file) {
    return new MapSettings(Map.of("path", file.toString(), "max_staleness", "0.1s"));
  }

  /** What the start says of a file that cannot be used. */
  private static String problem(Path file) {
    MapSettings settings = settings(file);
    new FileTokenStoreFactory()
        .create(settings, new StandardContext(InstantSource.fixed(NOW), List.of()))
        .close();
    assertThat(settings.problems()).hasSize(1);
    return settings.problems().get(0);
  }

  private static StoredToken token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW)
        .description("dé \ud83d\ude80 \ud800 \n \u2028 of " + id)
        .build();
  }

  private static StoredToken refresh(String id) {
    return StoredToken.builder(TokenKind.REFRESH, id, LENA, "lena", NOW)
        .familyId("f")
        .build();
  }

  private static TokenDetails signed(String id) {
    return new TokenDetails(TokenKind.SIGNED, id, null, NOW, null);
  }

  private static List<String> ids(TokenStore store) {
    return store.list(TokenQuery.of(LENA)).tokens().stream()
        .map(StoredToken::id)
        .toList();
  }

  private static void waitUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private byte[] written() throws IOException {
    try (TokenStore store = open()) {
      store.save(token("a"));
      store.save(refresh("r"));
      store.consume("r", NOW.plusSeconds(1));
      store.touch(Map.of("a", NOW.plusSeconds(2)));
      store.save(token("b"));
      store.revoke("s", NOW.plusSeconds(600));
      store.delete("b");
      store.revokeAll(new TokenOwner("main", "x"), NOW, NOW.plusSeconds(600));
    }
    return Files.readAllBytes(file());
  }

  @Test
  void knowsAfterARestartWhatItKnewBefore() throws Exception {
    written();

    try (TokenStore store = open()) {
      assertThat(store.find("a"))
          .contains(token("a").toBuilder().lastUsedAt(NOW.plusSeconds(2)).build());
      assertThat(store.find("r").orElseThrow().consumedAt()).contains(NOW.plusSeconds(1));
      assertThat(store.find("b")).isEmpty();
      assertThat(store.isRevoked(signed("s"), LENA)).isTrue();
      assertThat(store.isRevoked(
              new TokenDetails(TokenKind.SIGNED, "t", null, NOW.minusSeconds(1), null),
              new TokenOwner("main", "x")))
          .isTrue();
    }
  }

  @Test
  void writesOneReadableLineForEachChangeForItsOwnerAlone() throws Exception {
    byte[] bytes = written();

    assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8).lines())
        .hasSize(9)
        .allSatisfy(line -> assertThat(line).startsWith("{\"crc\":\"").endsWith("}"))
        .anySatisfy(line -> assertThat(line).contains("\"op\":\"revoke\",\"id\":\"s\""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void cutsOffWhatACrashHasLeftWhereverItWasWhileTheLastChangesWereWritten() throws Exception {
    byte[] whole = written();
    int lines = 0;
    int from = whole.length;
    while (lines < 5) {
      from--;
      lines += whole[from - 1] == '\n' ? 1 : 0;
    }
    for (int length = from; length <= whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));

      try (TokenStore store = open()) {
        assertThat(store.find("a")).isPresent();
        assertThat(store.save(token("next"))).isTrue();
      }
      try (TokenStore store = open()) {
        assertThat(store.find("next")).as("cut at " + length).isPresent();
      }
    }
  }

  @Test
  void refusesAFileOfWhichAnyByteIsAnother() throws Exception {
    byte[] whole = written();
    for (int i = 0; i < whole.length; i++) {
      for (int mask : new int[] {1, 0x20, 0xff, whole[i] ^ '\n', whole[i]}) {
        if ((mask & 0xff) == 0) {
          continue;
        }
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) mask;
        Files.write(file(), flipped);

        assertThat(problem(file()))
            .as("byte " + i + " mask " + mask)
            .contains("tokens.journal line ");
        assertThat(Files.readAllBytes(file())).isEqualTo(flipped);
      }
    }
  }

  @Test
  void namesTheLineThatIsDamagedAndWhatHelps() throws Exception {
    byte[] whole = written();
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    lines.remove(3);
    Files.write(file(), lines);
    String gap = problem(file());
    Files.write(file(), whole);
    Files.writeString(file(), "{\"op\":\"save\"}\n", java.nio.file.StandardOpenOption.APPEND);

    assertThat(gap).contains("line 4: its \"seq\" is not 3").contains("head -n 3");
    assertThat(problem(file())).contains("line 10: ").contains("back-up");
  }

  @Test
  void cutsOffBlocksThatWereNeverWritten() throws Exception {
    byte[] whole = written();
    byte[] padded = Arrays.copyOf(whole, (whole.length / 512 + 2) * 512);
    Files.write(file(), padded);

    try (TokenStore store = open()) {
      assertThat(ids(store)).containsExactly("a");
      store.save(token("next"));
    }

    try (TokenStore store = open()) {
      assertThat(ids(store)).containsExactly("a", "next");
    }
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() throws Exception {
    Files.writeString(
        file(), "{\"crc\":\"00000000\",\"format\":\"sallyport-tokens\",\"version\":2}\n");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));

    assertThat(problem(file())).contains("line 1");
  }

  @Test
  void refusesPathsThatItCannotUse() throws Exception {
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
    Files.createDirectory(folder.resolve("folder"));
    written();

    assertThat(problem(folder.resolve("missing/tokens"))).contains("missing");
    assertThat(problem(folder.resolve("dangling"))).contains("leads nowhere");
    assertThat(problem(folder.resolve("folder"))).contains("no regular file");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(problem(file())).contains("read by others").contains("chmod 600");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw----rw-"));
    assertThat(problem(file())).contains("by others").contains("chmod 600");
  }

  @Test
  void refusesToBeginAnewWhereThereWasAJournal() throws Exception {
    written();
    Files.delete(file());

    assertThat(problem(file())).contains("is gone").contains(".tokens.journal.lock");

    Files.delete(folder.resolve(".tokens.journal.lock"));
    try (TokenStore store = open()) {
      assertThat(store.find("a")).isEmpty();
    }
  }

  @Test
  void followsASymbolicLinkAndKeepsIt() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file());
    written();

    try (TokenStore store = open(link, InstantSource.fixed(NOW));
        TokenStore direct = open()) {
      store.save(token("b"));
      waitUntil(() -> direct.find("b").isPresent());
    }

    assertThat(link).isSymbolicLink();
  }

  @Test
  void twoStoresOfOneFileSeeWhatTheOtherDoes() {
    try (TokenStore one = open();
        TokenStore two = open()) {
      one.save(refresh("r"));

      boolean second = two.consume("r", NOW);
      boolean first = one.consume("r", NOW);
      two.revoke("s", NOW.plusSeconds(600));

      assertThat(second).isTrue();
      assertThat(first).isFalse();
      waitUntil(() -> one.isRevoked(signed("s"), LENA));
    }
  }

  @Test
  void staysSmallHoweverOftenSomebodyMakesAndDeletes() throws Exception {
    try (TokenStore one = open();
        TokenStore two = open()) {
      one.save(token("stays"));
      one.revoke("s", NOW.plusSeconds(600));
      for (int i = 0; i < 1500; i++) {
        one.save(token("t" + i));
        one.delete("t" + i);
      }
      two.save(token("other"));

      assertThat(Files.readAllLines(file())).hasSizeLessThan(2500);
      waitUntil(() -> ids(one).equals(List.of("other", "stays")));
      assertThat(ids(two)).containsExactly("other", "stays");
      assertThat(two.isRevoked(signed("s"), LENA)).isTrue();
    }
  }

  @Test
  void saysThatItCannotTellOnceTheFileIsGoneAndRecovers() throws Exception {
    try (TokenStore store = open()) {
      store.save(token("a"));
      Path away = folder.resolve("away");
      Files.move(file(), away);

      assertThatThrownBy(() -> store.save(token("b"))).isInstanceOf(UnavailableException.class);
      waitUntil(() -> isUnavailable(store));
      assertThatThrownBy(() -> store.isRevoked(signed("s"), LENA))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("is gone; put it back");

      Files.move(away, file());
      waitUntil(() -> !isUnavailable(store));
      assertThat(store.save(token("c"))).isTrue();
    }
  }

  private static boolean isUnavailable(TokenStore store) {
    try {
      store.find("a");
      return false;
    } catch (UnavailableException e) {
      return true;
    }
  }

  @Test
  void doesNotGoBackToAnOlderCopy() throws Exception {
    try (TokenStore store = open()) {
      store.save(token("a"));
      Path copy = Files.copy(file(), folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
      store.delete("a");
      Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> store.save(token("b")))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("older than what was read");
      waitUntil(() -> isUnavailable(store));
    }
  }
}
