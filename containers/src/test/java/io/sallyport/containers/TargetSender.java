package io.sallyport.containers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends raw targets to a host over a connection that is kept as long as the host keeps it, several at a
 * time.
 */
final class TargetSender implements AutoCloseable {

  /** A lenient Undertow repeats what it has taken for a version: what stands behind a blank in the target. */
  private static final Pattern STATUS = Pattern.compile(".*HTTP/1\\.([01]) (\\d{3})(?: .*)?");

  private static final byte[] METHOD = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REST =
      " HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final int atATime;
  private @Nullable Connection connection;

  /**
   * A sender.
   *
   * @param atATime how many targets to send before their answers are read
   */
  TargetSender(int port, int atATime) {
    this.port = port;
    this.atATime = atATime;
  }

  /** A socket and whether anything was received by it. */
  private static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private boolean used;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }
  }

  /** What came of a target. */
  sealed interface Answer {

    /**
     * An answer of the host.
     *
     * @param reached what {@link PlaceServlet} says, null if the request came to none
     * @param ours whether Sallyport has refused it
     */
    record Received(int status, @Nullable String reached, boolean ours) implements Answer {}

    /** The host has ended the connection without a word. */
    record Dropped() implements Answer {}

    /**
     * An answer behind a piece of another request, so that no client could read it. Jetty 12.1 sends one in
     * some hundred thousand answers, refusals by its own parser included, when it is under load.
     */
    record Garbled() implements Answer {}

    /** What must not be: no answer in time, or no HTTP. */
    record Broken(String why) implements Answer {}
  }

  /** Sends targets, and tells of each what came of it, in their order. */
  void send(List<byte[]> targets, BiConsumer<byte[], Answer> told) throws IOException {
    Deque<byte[]> pending = new ArrayDeque<>(targets);
    boolean alone = false;
    while (!pending.isEmpty()) {
      List<byte[]> together = pending.stream().limit(alone ? 1 : atATime).toList();
      int before = pending.size();
      exchange(together, pending, told);
      // whoever ends a connection may take answers along that were on their way: the first is asked
      // again, alone
      alone = pending.size() == before;
    }
  }

  private void exchange(
      List<byte[]> together, Deque<byte[]> pending, BiConsumer<byte[], Answer> told)
      throws IOException {
    Connection open = open();
    boolean fresh = !open.used;
    try {
      open.socket.getOutputStream().write(requests(together));
      for (byte[] target : together) {
        Head head = read(open.in);
        open.used = true;
        fresh = false;
        pending.remove();
        told.accept(target, head.answer());
        if (head.closes()) {
          awaitEnd(open);
          return;
        }
      }
    } catch (SocketTimeoutException e) {
      told.accept(pending.remove(), new Answer.Broken("no answer in time"));
      close();
    } catch (BrokenAnswerException e) {
      told.accept(pending.remove(), new Answer.Broken(String.valueOf(e.getMessage())));
      close();
    } catch (IOException e) {
      if (fresh && together.size() == 1) {
        told.accept(pending.remove(), new Answer.Dropped());
      }
      close();
    }
  }

  /**
   * Lets the host end the connection, so that it is the host's port that lingers, and no reset reaches the
   * host: Jetty releases buffers twice after one, and then mixes up connections.
   */
  private void awaitEnd(Connection ending) throws IOException {
    try {
      ending.in.readAllBytes();
    } catch (IOException e) {
      // ended less politely, with what was not read yet
    }
    close();
  }

  private static byte[] requests(List<byte[]> targets) throws IOException {
    var bytes = new ByteArrayOutputStream(targets.size() * 80);
    for (byte[] target : targets) {
      bytes.write(METHOD);
      bytes.write(target);
      bytes.write(REST);
    }
    return bytes.toByteArray();
  }

  private Connection open() throws IOException {
    if (connection == null) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(RawClient.PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      connection = new Connection(socket);
    }
    return connection;
  }

  /** The head of an answer, whose body was read past. */
  private record Head(int status, List<String> fields, boolean closes) {

    static final int GARBLED = 0;

    Answer answer() {
      return status == GARBLED
          ? new Answer.Garbled()
          : new Answer.Received(
              status, field(PlaceServlet.REACHED), field("Sallyport-Decision") != null);
    }

    @Nullable
    String field(String name) {
      return TargetSender.field(fields, name);
    }
  }

  private static @Nullable String field(List<String> fields, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    for (String field : fields) {
      if (field.regionMatches(true, 0, start, 0, start.length())) {
        return field.substring(start.length()).strip();
      }
    }
    return null;
  }

  private static final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenAnswerException(String message) {
      super(message);
    }
  }

  private static Head read(InputStream in) throws IOException {
    String status = line(in);
    Matcher parts = STATUS.matcher(status);
    if (!parts.matches()) {
      return withoutHead(status, in);
    }
    List<String> fields = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      fields.add(field);
    }
    boolean ends = readBody(in, fields);
    String wish = field(fields, "Connection");
    boolean closes = ends || parts.group(1).equals("0") || "close".equalsIgnoreCase(wish);
    return new Head(Integer.parseInt(parts.group(2)), fields, closes);
  }

  /** Tomcat answers what it takes for HTTP/0.9, where it cannot tell the version, with a page alone. */
  private static Head withoutHead(String firstLine, InputStream in) throws IOException {
    String page = firstLine + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    if (page.startsWith("GET ") && page.contains("\r\nHTTP/1.1 ") && !isReachedWrongly(page)) {
      return new Head(Head.GARBLED, List.of(), true);
    }
    if (!page.contains("HTTP Status 400")) {
      throw new BrokenAnswerException("an answer that is no HTTP: " + page);
    }
    return new Head(400, List.of(), true);
  }

  private static boolean isReachedWrongly(String page) {
    return page.contains("\r\n" + PlaceServlet.REACHED + ":")
        && !page.contains("\r\n" + PlaceServlet.REACHED + ": " + PlaceServlet.RIGHTLY);
  }

  /** Reads past a body; whether the connection ends with it. */
  private static boolean readBody(InputStream in, List<String> fields) throws IOException {
    String length = field(fields, "Content-Length");
    if (length != null) {
      in.skipNBytes(Long.parseLong(length));
      return false;
    }
    if ("chunked".equalsIgnoreCase(field(fields, "Transfer-Encoding"))) {
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        in.skipNBytes(size);
        line(in);
      }
      line(in);
      return false;
    }
    in.readAllBytes();
    return true;
  }

  private static int chunk(InputStream in) throws IOException {
    String line = line(in);
    int extension = line.indexOf(';');
    return Integer.parseInt(
        line.substring(0, extension < 0 ? line.length() : extension).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) c);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.socket.close();
      connection = null;
    }
  }
}
