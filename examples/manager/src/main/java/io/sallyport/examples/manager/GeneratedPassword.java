package io.sallyport.examples.manager;

import io.sallyport.api.Secret;
import java.security.SecureRandom;

/** Passwords that nobody can guess and everybody can read out: 25 of 31 characters, 123 bits. */
final class GeneratedPassword {

  /** Without what looks alike (0 and O, 1, i and l), and nothing that a shell or a header minds. */
  static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

  private static final int GROUPS = 5;
  private static final int GROUP_LENGTH = 5;

  private GeneratedPassword() {}

  static Secret make(SecureRandom random) {
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return Secret.ofText(text);
  }
}
