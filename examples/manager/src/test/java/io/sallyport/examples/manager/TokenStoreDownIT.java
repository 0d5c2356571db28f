package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static io.sallyport.examples.manager.Client.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invariants 1 and 10: a server whose journal of tokens cannot be read lets nobody pass, and one that was killed loses nothing. */
class TokenStoreDownIT {

  /** {@code max_staleness} and five seconds. */
  private static final Duration BOUND = Duration.ofSeconds(6);

  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;

  /** What becomes of the journal, and how that is mended. */
  private enum Trouble {
    IS_A_FOLDER {
      @Override
      void bringAbout(ConfigurationFolder folder) throws Exception {
        Files.move(folder.file("tokens.journal"), folder.file("kept"));
        Files.createDirectory(folder.file("tokens.journal"));
      }

      @Override
      void mend(ConfigurationFolder folder) throws Exception {
        Files.delete(folder.file("tokens.journal"));
        Files.move(folder.file("kept"), folder.file("tokens.journal"));
      }
    },
    IS_GONE {
      @Override
      void bringAbout(ConfigurationFolder folder) throws Exception {
        Files.move(folder.file("tokens.journal"), folder.file("kept"));
      }

      @Override
      void mend(ConfigurationFolder folder) throws Exception {
        Files.move(folder.file("kept"), folder.file("tokens.journal"));
      }
    },
    HAS_WHAT_NOBODY_WROTE {
      @Override
      void bringAbout(ConfigurationFolder folder) throws Exception {
        Files.copy(folder.file("tokens.journal"), folder.file("kept"));
        damage(folder);
      }

      @Override
      void mend(ConfigurationFolder folder) throws Exception {
        folder.replacePrivate("tokens.journal", Files.readString(folder.file("kept")));
      }
    };

    abstract void bringAbout(ConfigurationFolder folder) throws Exception;

    abstract void mend(ConfigurationFolder folder) throws Exception;
  }

  private static void damage(ConfigurationFolder folder) throws Exception {
    Files.writeString(
        folder.file("tokens.journal"), "what nobody wrote\n", StandardOpenOption.APPEND);
  }

  @BeforeEach
  void configure() throws Exception {
    folder = ConfigurationFolder.withTokensIn(parent);
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void nobodyIsLetInByATokenUntilTheJournalIsReadAgain(Trouble trouble) throws Exception {
    try (ManagerServer server = folder.start(Container.Kind.TOMCAT)) {
      Client client = Client.of(server.url());
      String stored = member(make(client), "value");
      String signed = client.token("victor");

      trouble.bringAbout(folder);
      isUnavailableInTime(client, stored);

      for (String token : new String[] {stored, signed}) {
        HttpResponse<String> answer = with(client, token);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
        assertThat(answer.body()).doesNotContain("journal");
      }
      assertThat(client.get("/status", "Authorization", basic("victor")).statusCode())
          .isEqualTo(200);
      HttpResponse<String> refused = make(client);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();

      trouble.mend(folder);
      Eventually.holds(
          "both are good again",
          () ->
              with(client, stored).statusCode() == 200 && with(client, signed).statusCode() == 200);
      assertThat(make(client).statusCode()).isEqualTo(200);
    }
  }

  private static void isUnavailableInTime(Client client, String token) throws Exception {
    long start = System.nanoTime();
    Eventually.holds("tokens are not judged any more", () -> {
      boolean isLate = System.nanoTime() - start > BOUND.toNanos();
      int status = with(client, token).statusCode();
      assertThat(status).as(isLate ? "after the bound" : "before the bound").isIn(200, 503);
      assertThat(isLate && status == 200).as("good after the bound").isFalse();
      return status == 503;
    });
  }

  @Test
  void aDamagedJournalPreventsTheStartAndSaysWhereAndWhatToDo() throws Exception {
    try (ServerProcess first = start()) {
      make(Client.of(first.url()));
      first.terminate();
    }
    damage(folder);
    int line = Files.readAllLines(folder.file("tokens.journal")).size();

    try (ServerProcess second = start()) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.out()).isEmpty();
      assertThat(second.err())
          .contains("tokens.journal line " + line + ": ", "put a back-up in its place")
          .contains("head -n " + (line - 1) + " tokens.journal")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void afterAKillWhatWasMadeIsThereAndWhatWasRevokedIsNot() throws Exception {
    String kept;
    String deleted;
    String signed;
    String revoked;
    try (ServerProcess first = start()) {
      Client client = Client.of(first.url());
      kept = member(make(client), "value");
      HttpResponse<String> other = make(client);
      deleted = member(other, "value");
      signed = client.token("victor");
      revoked = client.token("victor");
      String path = "/api-tokens/" + member(other, "id");
      assertThat(client.send("DELETE", path, "Authorization", basic("victor")).statusCode())
          .isEqualTo(204);
      assertThat(client
              .sendBody(
                  "POST",
                  "/tokens/revoke",
                  FORM,
                  "token=" + revoked,
                  "Authorization",
                  basic("victor"))
              .statusCode())
          .isEqualTo(200);
      first.kill();
    }

    try (ServerProcess second = start()) {
      Client client = Client.of(second.url());

      assertThat(with(client, kept).statusCode()).isEqualTo(200);
      assertThat(with(client, signed).statusCode()).isEqualTo(200);
      assertThat(with(client, deleted).statusCode()).isEqualTo(401);
      assertThat(with(client, revoked).statusCode()).isEqualTo(401);
    }
  }

  private ServerProcess start() throws Exception {
    return ServerProcess.ofJar(parent, "--config", "security.yaml", "--port", "0");
  }

  private static HttpResponse<String> make(Client client) throws Exception {
    return client.postJson("/api-tokens", "{}", "Authorization", basic("victor"));
  }

  private static HttpResponse<String> with(Client client, String token) throws Exception {
    return client.get("/status", "Authorization", "Bearer " + token);
  }
}
