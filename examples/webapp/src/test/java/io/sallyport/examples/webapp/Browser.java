package io.sallyport.examples.webapp;

import io.sallyport.examples.webapp.TestUsers.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Sends requests to one application. */
final class Browser {

  /** Longer than the 30 s after which containers give up by themselves, so that one sees what they say. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI application;

  Browser(URI application) {
    this.application = application;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  HttpResponse<String> get(String path, TestUser user) throws IOException, InterruptedException {
    return get(path, user.basic());
  }

  HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    return send(request(path).header("Authorization", authorization).build());
  }

  HttpResponse<String> post(String path, TestUser user) throws IOException, InterruptedException {
    return send(request(path)
        .header("Authorization", user.basic())
        .POST(HttpRequest.BodyPublishers.noBody())
        .build());
  }

  /** Opens a web socket, sends one message and returns the answer, or the status of the refusal. */
  String echo(String path, String authorization, String message) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    URI address = URI.create("ws" + application.toString().substring("http".length()) + path);
    try {
      WebSocket socket = builder.buildAsync(address, new FirstText(answer)).join();
      socket.sendText(message, true).join();
      String text = answer
          .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
          .join();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      return text;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return Integer.toString(refused.getResponse().statusCode());
      }
      throw e;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(application + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
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
