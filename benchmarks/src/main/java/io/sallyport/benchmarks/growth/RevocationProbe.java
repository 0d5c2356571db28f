package io.sallyport.benchmarks.growth;

import io.sallyport.benchmarks.database.Latencies;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Ends tokens on one node and looks when another refuses them. */
final class RevocationProbe {

  private static final long LOOK_EVERY = 1_000_000;
  private static final long GIVE_UP = 10_000_000_000L;

  private final List<Node> nodes;
  private final Latencies lags = new Latencies();

  RevocationProbe(List<Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * Looks until an instant of {@link System#nanoTime()}.
   *
   * @return from the return of the call on one node until the other knows
   */
  Latencies until(long end) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; nodes.size() > 1 && System.nanoTime() - end < 0; i++) {
      int here = random.nextInt(nodes.size());
      int there = (here + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
      probe(nodes.get(here), nodes.get(there), "probe-" + nodes.size() + "-" + end + "-" + i);
    }
    return lags;
  }

  private void probe(Node here, Node there, String token) {
    here.revoke(token);
    long start = System.nanoTime();
    while (!there.knowsRevoked(token)) {
      if (System.nanoTime() - start > GIVE_UP) {
        throw new IllegalStateException("a revocation did not arrive within 10 s");
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
    lags.add(System.nanoTime() - start);
  }
}
