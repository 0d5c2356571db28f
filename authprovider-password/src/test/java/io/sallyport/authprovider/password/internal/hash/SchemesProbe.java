package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Tries a few schemes, for tests that load everything anew with another class path. */
public final class SchemesProbe {

  private SchemesProbe() {}

  /** What matching hashes of Argon2, bcrypt and scrypt answer, or why they are unusable. */
  public static List<String> answers() {
    PasswordSchemes schemes = PasswordSchemes.of(Argon2Scheme.load(), Argon2Parameters.DEFAULT);
    return List.of(
        answer(
            schemes,
            "password",
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
        answer(schemes, "pwoOwkO", "$2b$04$baR9g2yv84.LwoTmBGg99.rzkK5Vsj.t.66ehp7hyTi5hS2rqNv5m"),
        answer(
            schemes,
            "password",
            "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E"));
  }

  private static String answer(PasswordSchemes schemes, String password, String stored) {
    try {
      return String.valueOf(schemes.read(stored).matches(password.getBytes(UTF_8)));
    } catch (UnusableHashException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
