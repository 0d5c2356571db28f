package io.sallyport.authprovider.password.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, a line for each client: clients in turn, and each client's jobs in the order of their
 * arrival. Not thread-safe.
 */
final class Turns {

  /** The client whose turn is next comes first. */
  private final Map<String, Deque<HashingJob<?>>> lines = new LinkedHashMap<>();

  /** The clients by the length of their lines, so that the longest is found among many. */
  private final TreeMap<Integer, Set<String>> byLength = new TreeMap<>();

  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** How many jobs of a client wait. */
  int of(String client) {
    Deque<HashingJob<?>> line = lines.get(client);
    return line == null ? 0 : line.size();
  }

  void add(HashingJob<?> job) {
    Deque<HashingJob<?>> line = lines.computeIfAbsent(job.client(), client -> new ArrayDeque<>(1));
    line.addLast(job);
    resized(job.client(), line.size() - 1, line.size());
  }

  /** Whose turn it is. */
  @Nullable
  HashingJob<?> peek() {
    return isEmpty() ? null : lines.values().iterator().next().peekFirst();
  }

  /** Takes whose turn it is; then it is the next client's. */
  @Nullable
  HashingJob<?> poll() {
    HashingJob<?> job = peek();
    if (job != null) {
      Deque<HashingJob<?>> line = lines.get(job.client());
      remove(job);
      if (line != null && !line.isEmpty()) {
        // out and in again: behind all others
        lines.remove(job.client());
        lines.put(job.client(), line);
      }
    }
    return job;
  }

  /** Takes a job out, wherever it stands; does nothing if it does not wait here. */
  boolean remove(HashingJob<?> job) {
    Deque<HashingJob<?>> line = lines.get(job.client());
    if (line == null || !line.removeLastOccurrence(job)) {
      return false;
    }
    if (line.isEmpty()) {
      lines.remove(job.client());
    }
    resized(job.client(), line.size() + 1, line.size());
    return true;
  }

  /** The last that came of a client. */
  @Nullable
  HashingJob<?> newestOf(String client) {
    Deque<HashingJob<?>> line = lines.get(client);
    return line == null ? null : line.peekLast();
  }

  /** The last that came of the client with the longest line. */
  @Nullable
  HashingJob<?> newestOfLongest() {
    return isEmpty()
        ? null
        : newestOf(byLength.lastEntry().getValue().iterator().next());
  }

  private void resized(String client, int from, int to) {
    Set<String> shorter = byLength.get(from);
    if (shorter != null && shorter.remove(client) && shorter.isEmpty()) {
      byLength.remove(from);
    }
    if (to > 0) {
      byLength.computeIfAbsent(to, length -> new LinkedHashSet<>()).add(client);
    }
    size += to - from;
  }
}
