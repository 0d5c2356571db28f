package io.sallyport.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A Basic request of a user who was not seen before, so that everybody pays for the hash. Each request is
 * another user's; with {@value #USERS} of them a fork ends before the first comes again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 4)
public class FirstBasicRequest {

  static final int USERS = 10_000;

  /** Whose filter is asked. */
  @Param({"SALLYPORT", "SALLYPORT_AUDIT", "SPRING", "SHIRO"})
  public String peer = "";

  @SuppressWarnings("NullAway.Init") // by setUp
  private Peer started;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Exchange exchange;

  @SuppressWarnings("NullAway.Init") // by setUp
  private List<String> credentials;

  private int next;

  /** Starts the peer and sees that it tells good from bad. */
  @Setup(Level.Trial)
  public void setUp() {
    Accounts accounts = Accounts.of(USERS);
    started = Peer.Kind.valueOf(peer).start(accounts);
    exchange = new Exchange(started);
    Checks.of(exchange);
    credentials = accounts.names().stream()
        .map(name -> Accounts.basic(name, Accounts.PASSWORD))
        .toList();
    next = Checks.USED;
  }

  /** Stops the peer. */
  @TearDown(Level.Trial)
  public void tearDown() {
    started.close();
  }

  /**
   * The request.
   *
   * @return the status
   */
  @Benchmark
  public int first() {
    if (next == USERS) {
      throw new IllegalStateException("all users were seen: fewer or shorter iterations");
    }
    return exchange.get("/api/items", credentials.get(next++));
  }
}
