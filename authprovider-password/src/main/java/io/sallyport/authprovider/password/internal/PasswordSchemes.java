package io.sallyport.authprovider.password.internal;

import java.util.List;

/** The schemes that are understood. What none of them claims is matched by no password. */
final class PasswordSchemes {

  private final List<PasswordScheme> schemes;

  PasswordSchemes(List<PasswordScheme> schemes) {
    this.schemes = List.copyOf(schemes);
  }

  StoredHash read(String stored) throws UnusableHashException {
    for (PasswordScheme scheme : schemes) {
      if (scheme.claims(stored)) {
        return scheme.read(stored);
      }
    }
    throw new UnusableHashException("is of no supported scheme");
  }
}
