package io.sallyport.authprovider.password.internal.hash;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Proves at the start that Argon2 is there and computes what the reference implementation does. */
final class KnownAnswers {

  private static final String REMEDY =
      "put de.mkammerer:argon2-jvm (with its natives for this platform:"
          + " Linux needs glibc) and net.java.dev.jna:jna on the class path, and permit JNA to unpack its"
          + " library (a writable java.io.tmpdir that is not mounted noexec, or jna.tmpdir)";

  private static final String PASSWORD = "password";

  /** Of the password above, from the tests of argon2-cffi, which runs the reference implementation. */
  private static final List<String> HASHES = List.of(
      "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      "$argon2i$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs");

  private KnownAnswers() {}

  static Argon2Scheme checked(Supplier<Argon2Scheme> maker) {
    return checked(maker, REMEDY);
  }

  static Argon2Scheme checked(Supplier<Argon2Scheme> maker, String remedy) {
    try {
      Argon2Scheme scheme = maker.get();
      for (String hash : HASHES) {
        requireRight(scheme, hash, remedy);
      }
      return scheme;
    } catch (LinkageError e) {
      throw new InvalidSettingsException(
          "Argon2 cannot be loaded (" + firstLine(e) + "); " + remedy);
    } catch (UnavailableException e) {
      throw new InvalidSettingsException("Argon2 does not work (" + firstLine(e) + "); " + remedy);
    }
  }

  private static void requireRight(Argon2Scheme scheme, String hash, String remedy) {
    StoredHash stored;
    try {
      stored = scheme.read(hash);
    } catch (UnusableHashException e) {
      throw new IllegalStateException("a known answer cannot be read: " + e.getMessage(), e);
    }
    if (!stored.matches(utf8(PASSWORD)) || stored.matches(utf8(PASSWORD + "x"))) {
      throw new InvalidSettingsException(
          "Argon2 computes wrong answers on this machine: the library that was loaded is damaged or"
              + " not the one that is expected; " + remedy);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e).lines().findFirst().orElse("");
  }
}
