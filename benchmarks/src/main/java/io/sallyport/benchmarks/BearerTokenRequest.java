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
 * A request with a bearer token, authorised by role. Sallyport reads the user from its store, and checks
 * whether the token was revoked, each time; the others take the roles from the token and ask nobody.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class BearerTokenRequest {

  /** How the token is signed. */
  @Param({"HS256", "RS256", "ES256"})
  public String algorithm = "";

  /** Whose filter is asked. */
  @Param({"SALLYPORT_FIRST", "SALLYPORT_REPEATED", "SPRING", "SHIRO"})
  public String peer = "";

  @SuppressWarnings("NullAway.Init") // by setUp
  private TokenPeer started;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Exchange exchange;

  @SuppressWarnings("NullAway.Init") // by setUp
  private String authorization;

  /** Starts the peer and sees that it tells good from bad. */
  @Setup(Level.Trial)
  public void setUp() {
    started = TokenPeer.Kind.valueOf(peer).start(TokenAlgorithm.valueOf(algorithm));
    exchange = new Exchange(started.peer());
    TokenChecks.of(exchange, started.token());
    authorization = "Bearer " + started.token();
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
  public int request() {
    return exchange.get("/api/items", authorization);
  }
}
