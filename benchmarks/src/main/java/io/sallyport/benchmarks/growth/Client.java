package io.sallyport.benchmarks.growth;

import io.sallyport.benchmarks.database.Latencies;
import io.sallyport.spi.UnavailableException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A thread of a node that serves requests: at fixed times, or each as soon as the last is done. */
final class Client {

  private final Node node;
  private final SplittableRandom random;
  private final Map<Operation, Latencies> done = new EnumMap<>(Operation.class);
  private int refused;

  Client(Node node, long seed) {
    this.node = node;
    this.random = new SplittableRandom(seed);
    for (Operation each : Operation.values()) {
      done.put(each, new Latencies());
    }
  }

  /**
   * Serves all kinds of requests, one each so many nanoseconds. What is late is late by its own time, and counts
   * from when it should have begun; what has not begun at the end is not done.
   */
  Client atFixedTimes(long start, long end, long every) {
    // not all at once
    long due = start + (long) (random.nextDouble() * every);
    while (due - end < 0 && System.nanoTime() - end < 0) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        perform(Operation.at(random.nextInt(1000)), due);
        due += every;
      }
    }
    return this;
  }

  /** Writes, without a pause. */
  Client withoutPause(long end) {
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      perform(Operation.writingAt(random.nextInt(1000)), now);
    }
    return this;
  }

  private void perform(Operation operation, long due) {
    try {
      node.perform(operation, random);
      latencies(operation).add(System.nanoTime() - due);
    } catch (UnavailableException e) {
      refused++;
    }
  }

  Latencies latencies(Operation operation) {
    Latencies found = done.get(operation);
    if (found == null) {
      throw new IllegalStateException("unknown " + operation);
    }
    return found;
  }

  /** How often the database gave no answer in time. */
  int refused() {
    return refused;
  }
}
