package io.sallyport.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Undertow answers web socket upgrades in a filter: ours comes before it. */
class UndertowWebSocketIT {

  private static HostProcess host;

  @BeforeAll
  static void start() throws Exception {
    HostFolder folder = HostFolder.make("undertow-2.3-web-socket");
    host = HostProcess.secured(Container.UNDERTOW_2_3, UndertowWebSocketHost.class, folder);
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
  }

  @Test
  void refusesAnUpgradeWithoutCredentials() {
    String answer = echo(HttpClient.newHttpClient().newWebSocketBuilder());

    assertThat(answer).isEqualTo("401");
  }

  @Test
  void refusesAnUpgradeOfWhoeverMayNot() {
    String answer = echo(as("alice:alice-Pass-1"));

    assertThat(answer).isEqualTo("403");
  }

  @Test
  void letsWhoeverMayTalk() {
    String answer = echo(as("root:root-Pass-3"));

    assertThat(answer).isEqualTo("hello");
  }

  private static WebSocket.Builder as(String nameAndPassword) {
    String basic = "Basic " + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(UTF_8));
    return HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", basic);
  }

  /** What comes back, or the status of the refusal. */
  private static String echo(WebSocket.Builder builder) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    URI address = URI.create("ws://127.0.0.1:" + host.port() + "/admin/echo");
    try {
      WebSocket socket = builder
          .buildAsync(address, new FirstText(answer))
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
      socket.sendText("hello", true).join();
      return answer.orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return Integer.toString(refused.getResponse().statusCode());
      }
      throw e;
    }
  }

  /** Completes with the first text that comes in. */
  private record FirstText(CompletableFuture<String> answer) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      answer.complete(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
      answer.completeExceptionally(problem);
    }
  }
}
