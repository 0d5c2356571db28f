package io.sallyport.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.sallyport.benchmarks.load.HttpConnection.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends a request at each of its times. What falls due while the one before is unanswered is
 * sent after it, and its wait counts from when it was due.
 */
final class LoadClient {

  private final HttpConnection connection;
  private final Supplier<String> authorization;
  private final String target;
  private final long everyNanos;
  private final boolean paced;
  private final Tally tally;
  private long dueNanos;
  private long countedFrom;
  private boolean busy;
  private @Nullable Answer last;

  /**
   * A client.
   *
   * @param paced whether its times are fixed; otherwise it waits so long after each answer
   */
  LoadClient(
      InetSocketAddress server,
      String address,
      Selector selector,
      String target,
      Supplier<String> authorization,
      long firstNanos,
      long everyNanos,
      boolean paced,
      Tally tally) {
    this.connection = new HttpConnection(server, address, selector, this);
    this.target = target;
    this.authorization = authorization;
    this.dueNanos = firstNanos;
    this.everyNanos = everyNanos;
    this.paced = paced;
    this.tally = tally;
    this.countedFrom = firstNanos;
  }

  long dueNanos() {
    return dueNanos;
  }

  boolean busy() {
    return busy;
  }

  /** The last answer. */
  Answer last() {
    return requireNonNull(last, "no answer yet");
  }

  boolean isAnswered() {
    return last != null;
  }

  /** Sends the request that is due. An idle client is late because of this program, not of the server. */
  void send(long now, boolean wasIdle) {
    countedFrom = wasIdle ? now : dueNanos;
    busy = true;
    String credentials = authorization.get();
    String field = credentials.isEmpty() ? "" : "Authorization: " + credentials + "\r\n";
    byte[] request = (target + " HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
    try {
      connection.send(request);
    } catch (IOException e) {
      broke();
    }
  }

  /**
   * Goes on when the socket is ready.
   *
   * @return whether the answer is there
   */
  boolean advance(long now) {
    try {
      Answer answer = connection.advance();
      if (answer == null) {
        return false;
      }
      last = answer;
      tally.add(answer.status(), now - countedFrom);
    } catch (IOException e) {
      broke();
    }
    busy = false;
    dueNanos = paced ? dueNanos + everyNanos : now + everyNanos;
    return true;
  }

  private void broke() {
    tally.broke();
    connection.close();
    busy = false;
  }

  void close() {
    connection.close();
  }
}
