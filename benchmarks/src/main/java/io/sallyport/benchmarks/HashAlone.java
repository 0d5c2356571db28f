package io.sallyport.benchmarks;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** The hash that a first request pays, and nothing else: what no filter can be faster than. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 4)
public class HashAlone {

  private final Argon2Advanced nativeArgon2 =
      Argon2Factory.createAdvanced(Argon2Factory.Argon2Types.ARGON2id, 16, 32);
  private final byte[] password = Accounts.PASSWORD.getBytes(StandardCharsets.UTF_8);
  private final byte[] salt = new byte[16];
  private final Argon2PasswordEncoder bouncyCastle =
      new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
  private final String hash = Accounts.of(1).hash();

  /**
   * The reference implementation in C, through argon2-jvm: what Sallyport calls.
   *
   * @return the hash
   */
  @Benchmark
  public byte[] nativeArgon2id() {
    return nativeArgon2.rawHash(2, 19_456, 1, password, salt);
  }

  /**
   * Bouncy Castle's, in Java: what Spring Security and Shiro call.
   *
   * @return whether the password was right
   */
  @Benchmark
  public boolean bouncyCastleArgon2id() {
    return bouncyCastle.matches(Accounts.PASSWORD, hash);
  }
}
