package io.sallyport.examples.manager;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of one server. */
record Client(HttpClient http, String url) {

  /** Longer than the 30 s after which containers give up by themselves, so that one sees what they say. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Client of(String url) {
    return new Client(HttpClient.newHttpClient(), url);
  }

  /** Sends a request with header fields given as name, value, name, value … */
  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends a body, with header fields given as name, value, name, value … */
  HttpResponse<String> sendBody(
      String method, String path, String contentType, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Content-Type", contentType)
        .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> postJson(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return sendBody("POST", path, "application/json", body, headers);
  }

  /** The text of a member of an answer that must have it. */
  static String member(HttpResponse<String> answer, String name) {
    Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
    if (!value.find()) {
      throw new IllegalStateException(
          "no " + name + " in the answer, status " + answer.statusCode() + ": " + answer.body());
    }
    return value.group(1);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  /** The value of an {@code Authorization} field; users of the tests have the password NAME's password. */
  static String basic(String name) {
    return basic(name, name + "'s password");
  }

  static String basic(String name, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  String token(String name) throws IOException, InterruptedException {
    return token(name, name + "'s password");
  }

  String token(String name, String password) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("POST", "/tokens", "Authorization", basic(name, password));
    return member(answer, "value");
  }

  /** Sends bytes as they are, and reads until the server closes the connection. */
  String raw(String request) throws IOException {
    URI server = URI.create(url);
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      // a server that has read enough answers and closes, and what is still sent fails
      var sender = new Thread(
          () -> {
            try {
              socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
              socket.getOutputStream().flush();
            } catch (IOException e) {
              // seen in the answer
            }
          },
          "sender");
      sender.start();
      return new String(RawAnswer.read(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }
}
