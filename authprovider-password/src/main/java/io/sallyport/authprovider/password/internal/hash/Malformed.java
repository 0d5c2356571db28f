package io.sallyport.authprovider.password.internal.hash;

/** Says of a stored hash what is wrong with its form. */
final class Malformed {

  /** No scheme writes more characters. */
  static final int MAX_TEXT = 4096;

  private Malformed() {}

  static UnusableHashException because(String why) {
    return new UnusableHashException("is malformed: " + why);
  }
}
