package io.sallyport.benchmarks.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/** All clients of the test on one thread, so that they leave the processors to the server. */
final class Clients implements AutoCloseable {

  private static final long MILLION = 1_000_000;

  private final Selector selector;
  private final PriorityQueue<LoadClient> waiting =
      new PriorityQueue<>(Comparator.comparingLong(LoadClient::dueNanos));

  Clients() throws IOException {
    selector = Selector.open();
  }

  Selector selector() {
    return selector;
  }

  void add(Collection<LoadClient> clients) {
    waiting.addAll(clients);
  }

  /** Lets the clients run until a time. Requests that are under way then go on in the next run. */
  void runUntil(long endNanos) throws IOException {
    for (long now = System.nanoTime(); now < endNanos; now = System.nanoTime()) {
      for (LoadClient next = waiting.peek();
          next != null && next.dueNanos() <= now;
          next = waiting.peek()) {
        start(waiting.remove(), now, true);
      }
      LoadClient next = waiting.peek();
      long until = next == null ? endNanos : Math.min(endNanos, next.dueNanos());
      selector.select(Math.max(1, (until - now) / MILLION));
      for (SelectionKey key : selector.selectedKeys()) {
        advance((LoadClient) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void advance(LoadClient client) {
    long now = System.nanoTime();
    if (!client.advance(now)) {
      return;
    }
    if (client.dueNanos() <= now) {
      start(client, now, false);
    } else {
      waiting.add(client);
    }
  }

  private void start(LoadClient client, long now, boolean wasIdle) {
    client.send(now, wasIdle);
    if (!client.busy()) {
      throw new IllegalStateException("no connection can be opened");
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
