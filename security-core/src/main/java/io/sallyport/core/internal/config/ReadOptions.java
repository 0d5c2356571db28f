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
 * @param ownerAlone whether others than its owner must not read the file if it holds a secret itself
 */
public record ReadOptions(
    boolean references,
    Function<String, @Nullable String> environment,
    long maxBytes,
    long maxStreamedBytes,
    boolean ownerAlone) {

  private static final long MIB = 1024 * 1024;

  /** Checks that nothing is missing. */
  public ReadOptions {
    requireNonNull(environment, "environment");
  }

  /**
   * Options for a file that anybody may read.
   *
   * @param references whether references are expanded
   * @param environment the environment's variables
   * @param maxBytes the largest file that is read as a whole
   * @param maxStreamedBytes the largest file that is read element by element
   */
  public ReadOptions(
      boolean references,
      Function<String, @Nullable String> environment,
      long maxBytes,
      long maxStreamedBytes) {
    this(references, environment, maxBytes, maxStreamedBytes, false);
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
   * For files of keys: references are expanded, and the file is its owner's if it holds a secret.
   *
   * @return the options
   */
  public static ReadOptions secrets() {
    return new ReadOptions(true, System::getenv, MIB, MIB, true);
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
