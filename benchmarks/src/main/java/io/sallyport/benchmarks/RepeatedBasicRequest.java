package io.sallyport.benchmarks;

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
 * A Basic request of a user who has sent the same a moment ago. Sallyport remembers what it has verified;
 * Spring Security and Shiro have nothing that spares the hash but a session.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RepeatedBasicRequest {

  private static final int USERS = 1000;

  /** Whose filter is asked. */
  @Param({"SALLYPORT", "SALLYPORT_AUDIT", "SPRING", "SHIRO"})
  public String peer = "";

  @SuppressWarnings("NullAway.Init") // by setUp
  private Peer started;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Exchange exchange;

  private final String credentials = Accounts.basic("user0", Accounts.PASSWORD);

  /** Starts the peer and sees that it tells good from bad. */
  @Setup(Level.Trial)
  public void setUp() {
    started = Peer.Kind.valueOf(peer).start(Accounts.of(USERS));
    exchange = new Exchange(started);
    Checks.of(exchange);
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
  public int repeated() {
    return exchange.get("/api/items", credentials);
  }
}
