package io.sallyport.authprovider.password.internal.hash;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.Settings;

/**
 * What the configuration says of stored hashes.
 *
 * @param allowPlaintext whether passwords that are stored in the clear may match
 * @param argon2 what computes Argon2
 * @param limits what a comparison may cost
 */
public record SchemeOptions(boolean allowPlaintext, Argon2Choice argon2, HashLimits limits) {

  /** What holds unless something else is configured. */
  public static final SchemeOptions DEFAULT =
      new SchemeOptions(false, Argon2Choice.AUTO, HashLimits.DEFAULT);

  /** Checks the parts. */
  public SchemeOptions {
    requireNonNull(argon2, "argon2");
    requireNonNull(limits, "limits");
  }

  /**
   * Reads {@code allow_plaintext}, {@code argon2.backend} and {@code limits}.
   *
   * @param settings the properties of a provider
   * @return the options
   */
  public static SchemeOptions read(Settings settings) {
    return new SchemeOptions(
        settings.flag("allow_plaintext", false),
        settings
            .optionalSection("argon2")
            .map(argon2 -> argon2.choice("backend", Argon2Choice.class, Argon2Choice.AUTO))
            .orElse(Argon2Choice.AUTO),
        HashLimits.read(settings));
  }
}
