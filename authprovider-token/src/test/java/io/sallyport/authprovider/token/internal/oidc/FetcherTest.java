package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the end of a fetch is, whatever the time that a request waits for it. */
@Timeout(60)
final class FetcherTest {

  private static final int LIMIT = 512 * 1024;

  private final TestIssuer issuer = new TestIssuer();
  private final Fetcher fetcher = new Fetcher(Duration.ofSeconds(30), null);

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void takesADocumentUpToTheLimitAndNoByteMore() throws Exception {
    issuer.answer("/most", TestIssuer.json("x".repeat(LIMIT)));
    issuer.answer("/more", TestIssuer.json("x".repeat(LIMIT + 1)));

    assertThat(fetcher.get(at("/most"))).hasSize(LIMIT);
    assertThatThrownBy(() -> fetcher.get(at("/more")))
        .isInstanceOf(FetchFailedException.class)
        .rootCause()
        .hasMessage("more than 524288 bytes");
  }

  @Test
  void givesUpADocumentWithoutEndBeforeTheTimeIsOver() {
    issuer.answer("/endless", out -> {
      out.write(TestIssuer.head("200 OK", "Content-Type: application/json", Long.MAX_VALUE));
      while (true) {
        out.write(new byte[65_536]);
      }
    });

    assertThatThrownBy(() -> fetcher.get(at("/endless")))
        .isInstanceOf(FetchFailedException.class)
        .rootCause()
        .hasMessage("more than 524288 bytes");
  }

  @Test
  void followsNoRedirect() {
    issuer.answer(
        "/moved",
        out -> out.write(
            TestIssuer.head("302 Found", "Location: " + issuer.issuer() + "/elsewhere", 0)));

    assertThatThrownBy(() -> fetcher.get(at("/moved")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageEndingWith("/moved answered 302 instead of 200");
    assertThat(issuer.asked("/elsewhere")).isZero();
  }

  @Test
  void endsWithItsTimeWhereTheBodyDoesNotCome() {
    CountDownLatch never = new CountDownLatch(1);
    Fetcher hurried = new Fetcher(Duration.ofMillis(300), null);
    issuer.answer("/half", out -> {
      out.write(TestIssuer.head("200 OK", "Content-Type: application/json", 100));
      out.write('{');
      out.flush();
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    assertThatThrownBy(() -> hurried.get(at("/half")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageEndingWith("/half did not answer within 300 ms");
    never.countDown();
  }

  @Test
  void saysThatNobodyListens() {
    issuer.close();

    assertThatThrownBy(() -> fetcher.get(at("/")))
        .isInstanceOf(FetchFailedException.class)
        .hasMessageEndingWith("cannot be read: ConnectException");
  }

  private URI at(String path) {
    return URI.create(issuer.issuer() + path);
  }
}
