package io.sallyport.authprovider.password.internal.hash;

/** What to do where Bouncy Castle, which is optional, is needed and not there. */
final class BouncyCastle {

  static final String REMEDY =
      "add org.bouncycastle:bcprov-jdk18on (on the module path also --add-modules"
          + " org.bouncycastle.provider)";

  private BouncyCastle() {}
}
