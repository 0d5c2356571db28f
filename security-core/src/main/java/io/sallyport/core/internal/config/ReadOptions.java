package io.sallyport.core.internal.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a document is read.
 *
 * @param references whether {@code ${env:NAME}} and {@code ${file:path}} are expanded in its scalars
 * @param environment the environment's variables; null for one that is not set
 * @param maxBytes the largest file that is read as a whole
 * @param maxStreamedBytes the largest file that is read element by element
 */
public record ReadOptions(
    boolean references,
    Function<String, @Nullable String> environment,
    long maxBytes,
    long maxStreamedBytes) {

  private static final long MIB = 1024 * 1024;

  /** Checks that nothing is missing. */
  public ReadOptions {
    requireNonNull(environment, "environment");
  }

  /**
   * For {@code security.yaml}: references are expanded.
   *
   * @return the options
   */
  public static ReadOptions configuration() {
    return new ReadOptions(true, System::getenv, 16 * MIB, 1024 * MIB);
  }

  /**
   * For data such as users and roles: every text means itself.
   *
   * @return the options
   */
  public static ReadOptions data() {
    return new ReadOptions(false, name -> null, 16 * MIB, 1024 * MIB);
  }
}
