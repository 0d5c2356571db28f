package io.sallyport.authprovider.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be done to the journal by others, while it is used and before. */
final class FileTokenStoreTroubleTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("tokens.journal");
  }

  private Path lock() {
    return folder.resolve(".tokens.journal.lock");
  }

  private TokenStore open() {
    return open(InstantSource.fixed(NOW), 100_000);
  }

  private TokenStore open(InstantSource clock, int maxTokens) {
    MapSettings settings = settings(maxTokens);
    TokenStore store =
        new FileTokenStoreFactory().create(settings, new StandardContext(clock, List.of()));
    assertThat(settings.problems()).isEmpty();
    return store;
  }

  private MapSettings settings(int maxTokens) {
    return new MapSettings(
        Map.of("path", file().toString(), "max_staleness", "0.1s", "max_tokens", maxTokens));
  }

  private String problem() {
    MapSettings settings = settings(10);
    new FileTokenStoreFactory()
        .create(settings, new StandardContext(InstantSource.fixed(NOW), List.of()))
        .close();
    assertThat(settings.problems()).hasSize(1);
    return settings.problems().get(0);
  }

  private static StoredToken token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW).build();
  }

  private static boolean isRevoked(TokenStore store, String id) {
    return store.isRevoked(new TokenDetails(TokenKind.SIGNED, id, null, NOW, null), LENA);
  }

  private static void requireRefused(TokenStore store, String why) {
    assertThatThrownBy(() -> store.save(token("refused")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(why);
  }

  /** Once it has recovered; for half a second after a failure changes are refused at once. */
  private static void saveInTheEnd(TokenStore store, String id) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        store.save(token(id));
        return;
      } catch (UnavailableException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(end);
        Thread.onSpinWait();
      }
    }
  }

  /** A line with the sum that it ought to have. */
  private static String line(String members) {
    CRC32C crc = new CRC32C();
    crc.update((members + "}").getBytes(UTF_8));
    return "{\"crc\":\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"," + members
        + "}\n";
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void refusesAFolderOrASymbolicLinkThatTakesTheFilesPlaceAndRecovers() throws Exception {
    Path away = folder.resolve("away");
    try (TokenStore store = open()) {
      store.save(token("a"));
      Files.move(file(), away);

      Files.createDirectory(file());
      requireRefused(store, "no regular file");
      Files.delete(file());
      Files.createSymbolicLink(file(), away);
      saveIsRefused(store, "no regular file");
      Files.delete(file());

      Files.move(away, file());
      saveInTheEnd(store, "b");
      assertThat(store.find("a")).isPresent();
      assertThat(store.find("refused")).isEmpty();
    }
  }

  /** After the pause that follows a failure. */
  private static void saveIsRefused(TokenStore store, String why) {
    long end = System.nanoTime() + 600_000_000L;
    do {
      requireRefused(store, why);
    } while (System.nanoTime() < end);
  }

  @Test
  void refusesAFileThatOthersMayWriteFromNowOnAndRecovers() throws Exception {
    try (TokenStore store = open()) {
      store.save(token("a"));

      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw--w----"));
      requireRefused(store, "chmod 600");

      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
      saveInTheEnd(store, "b");
      assertThat(store.find("refused")).isEmpty();
    }
  }

  @Test
  void doesNotGoBackToAnOlderCopyThatIsWrittenOverTheFile() throws Exception {
    try (TokenStore store = open()) {
      store.save(token("a"));
      byte[] older = Files.readAllBytes(file());
      store.revoke("s", NOW.plusSeconds(600));

      Files.write(file(), older);

      requireRefused(store, "older than what was read");
    }
  }

  @Test
  void takesANewerCopyBack() throws Exception {
    Path copy = folder.resolve("copy");
    try (TokenStore store = open()) {
      store.save(token("a"));
      Path older = Files.copy(file(), folder.resolve("older"), COPY_ATTRIBUTES);
      store.revoke("s", NOW.plusSeconds(600));
      Files.copy(file(), copy, COPY_ATTRIBUTES);
      Files.move(older, file(), REPLACE_EXISTING);
      requireRefused(store, "older than what was read");

      Files.move(copy, file(), REPLACE_EXISTING);

      saveInTheEnd(store, "b");
      assertThat(isRevoked(store, "s")).isTrue();
    }
  }

  @Test
  void makesTheLockFileAgainThatSomebodyDeletes() throws Exception {
    try (TokenStore one = open();
        TokenStore two = open()) {
      one.save(token("a"));

      Files.delete(lock());
      one.save(token("b"));
      two.save(token("c"));
      one.save(token("d"));

      assertThat(two.find("b")).isPresent();
      assertThat(one.find("c")).isPresent();
    }

    Files.delete(file());
    assertThat(problem()).contains("is gone");
  }

  @Test
  void refusesALaterVersionAndChangesNothing() throws Exception {
    String later = line("\"format\":\"sallyport-tokens\",\"version\":2,\"seq\":0");
    write(later);

    assertThat(problem()).contains("version 2").contains("reads version 1");

    assertThat(Files.readString(file())).isEqualTo(later);
  }

  @Test
  void refusesWholeLinesThatSayNothingKnown() throws Exception {
    String header = line("\"format\":\"sallyport-tokens\",\"version\":1,\"seq\":0");
    write(header + line("\"seq\":1,\"batch\":1,\"op\":\"pardon\",\"id\":\"s\""));
    String operation = problem();
    write(header + line("\"seq\":1,\"batch\":1,\"op\":\"revoke\",\"id\":\"s\",\"until\":\"soon\""));

    assertThat(operation).contains("line 2: its \"op\" is not known");
    assertThat(problem()).contains("line 2: its \"until\" is no instant");
  }

  @Test
  void startsOnceTheRemedyForDamageWasTaken() throws Exception {
    try (TokenStore store = open()) {
      for (int i = 0; i < 9; i++) {
        store.save(token("t" + i));
      }
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    lines.set(5, lines.get(5).replace("lena", "lina"));
    Files.write(file(), lines);

    String problem = problem();
    String remedy = problem.substring(problem.indexOf("(umask"), problem.lastIndexOf(')') + 1);
    Process shell =
        new ProcessBuilder("sh", "-c", remedy).directory(folder.toFile()).start();

    assertThat(problem).contains("tokens.journal line 6: ");
    assertThat(shell.waitFor()).isZero();
    try (TokenStore store = open()) {
      assertThat(store.find("t3")).isPresent();
      assertThat(store.find("t4")).isEmpty();
      assertThat(store.save(token("next"))).isTrue();
    }
  }

  @Test
  void keepsEveryTextAsItIsOnOneLine() throws Exception {
    List<String> odd = List.of(
        "one\ntwo\r\nthree\u2028four\u2029five\u0085six",
        "\"},{\"op\":\"revoke\"}\\\\\u0000\u001b[31m\t\b\f",
        "\ufeff\u200b\u202e\ud83d\ude80\udbff\udfff\ue000\uffff",
        "\ud800",
        "x\udc00\ud800",
        "e\u0301 \u00e9 \u0130 \u00df",
        "");
    try (TokenStore store = open()) {
      for (int i = 0; i < odd.size(); i++) {
        store.save(token("t" + i).toBuilder().description(odd.get(i)).build());
      }
    }

    assertThat(Files.readString(file()).split("\\R", -1)).hasSize(odd.size() + 2);
    try (TokenStore store = open()) {
      for (int i = 0; i < odd.size(); i++) {
        assertThat(store.find("t" + i).flatMap(StoredToken::description))
            .isEqualTo(Optional.of(odd.get(i)));
      }
    }
  }

  @Test
  void looksOnceASecondForWhatMakesPlaceHoweverManyAsk() {
    Instant[] now = {NOW};
    try (TokenStore store = open(() -> now[0], 2)) {
      store.save(token("a").toBuilder().expiresAt(NOW.plusMillis(500)).build());
      store.save(token("b"));
      requireRefused(store, "max_tokens");

      now[0] = NOW.plusMillis(999);
      requireRefused(store, "max_tokens");
      now[0] = NOW.plusMillis(1000);
      assertThat(store.save(token("c"))).isTrue();

      now[0] = NOW.minusSeconds(60);
      requireRefused(store, "max_tokens");
      assertThat(store.find("a")).isEmpty();
    }
  }

  @Test
  void makesPlaceForOneByEndingThousandsThatHaveExpired() {
    AtomicInteger asked = new AtomicInteger();
    Instant[] now = {NOW};
    InstantSource clock = () -> now[0];
    try (TokenStore store = open(clock, 20_000)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 20; t++) {
        int from = t * 1000;
        threads.add(new Thread(() -> {
          for (int i = from; i < from + 1000; i++) {
            store.save(token("t" + i).toBuilder().expiresAt(NOW.plusSeconds(60)).build());
            asked.incrementAndGet();
          }
        }));
      }
      threads.forEach(Thread::start);
      threads.forEach(FileTokenStoreTroubleTest::join);
      assertThat(asked).hasValue(20_000);

      requireRefused(store, "max_tokens");
      now[0] = NOW.plusSeconds(60);

      assertThat(store.save(token("fits"))).isTrue();
      assertThat(store.find("t0")).isEmpty();
    }
    try (TokenStore store = open()) {
      assertThat(store.find("fits")).isPresent();
      assertThat(store.find("t19999")).isEmpty();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
