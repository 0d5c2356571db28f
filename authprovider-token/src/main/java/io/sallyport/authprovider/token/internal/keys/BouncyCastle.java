package io.sallyport.authprovider.token.internal.keys;

import java.security.Provider;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bouncy Castle, which is optional. It is asked by name and never added to the providers of the JVM. */
final class BouncyCastle {

  static final String REMEDY =
      "add org.bouncycastle:bcprov-jdk18on (on the module path also --add-modules"
          + " org.bouncycastle.provider)";

  private BouncyCastle() {}

  /** The provider; empty if it is not there. */
  static Optional<Provider> provider() {
    try {
      return Optional.of(new BouncyCastleProvider());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }
}
