package io.sallyport.authprovider.password.internal.hash;

/** The 64 digits of crypt(3), which bcrypt has in another order. */
enum CryptAlphabet {
  /** Of des_crypt, sha256_crypt and sha512_crypt. */
  CRYPT("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
  /** Of bcrypt. */
  BCRYPT("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

  private final String digits;

  CryptAlphabet(String digits) {
    this.digits = digits;
  }

  /** The digit of the six low bits. */
  char digit(int bits) {
    return digits.charAt(bits & 63);
  }

  /** Whether the last digit of a text leaves its lowest bits zero, as every encoder does. */
  boolean endsWithZeroBits(String text, int bits) {
    return Integer.numberOfTrailingZeros(64 | digits.indexOf(text.charAt(text.length() - 1)))
        >= bits;
  }

  /** Whether the last digit of a text, whose lowest bits come first, stands for so many bits. */
  boolean isWithin(String text, int bits) {
    return digits.indexOf(text.charAt(text.length() - 1)) < 1 << bits;
  }
}
