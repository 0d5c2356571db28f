package io.sallyport.containers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One connection that sends what no well-behaved client would, and stays open for the next request. */
final class RawClient implements AutoCloseable {

  /** Longer than the 30 s after which containers give up by themselves, so that one sees what they say. */
  static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One request on a connection of its own. */
  static RawAnswer once(int port, String method, String target, String... fields)
      throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(method, target, "", fields);
    }
  }

  /** Sends a request, one byte a character, and reads its answer. */
  RawAnswer send(String method, String target, String body, String... fields) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
    List.of(fields).forEach(field -> request.append(field).append("\r\n"));
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    byte[] bytes =
        request.append("\r\n").append(body).toString().getBytes(StandardCharsets.ISO_8859_1);
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // who has read enough to refuse need not read the rest; there may be an answer
    }
    try {
      return RawAnswer.read(in, !method.equals("HEAD"));
    } catch (SocketException e) {
      return new RawAnswer(0, Map.of(), "", false);
    }
  }

  /** The field with the credentials of RFC 7617. */
  static String basic(String name, String password) {
    return basic((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  static String basic(byte[] credentials) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
