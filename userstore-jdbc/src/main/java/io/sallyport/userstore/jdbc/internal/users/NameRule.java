package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.api.User;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names mean the same user, whatever a database makes of them. */
enum NameRule {
  /** Those that are the same, character by character. */
  EXACT {
    @Override
    String fold(String name) {
      return name;
    }
  },
  /** Those that are the same but for case, accents and other forms of the same characters. */
  FOLDED {
    @Override
    String fold(String name) {
      // there and back again: ẞ, ß and SS, ı and I, both forms of sigma
      String lower = lower(plain(name));
      return lower(plain(lower.toUpperCase(Locale.ROOT)));
    }
  };

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** What all names have in common that mean the same user. */
  abstract String fold(String name);

  /** What a caller's name is looked up by; empty if no user can have it. */
  final Optional<String> key(String name) {
    return User.isValidName(name)
        ? Optional.of(fold(name)).filter(User::isValidName)
        : Optional.empty();
  }

  /** Each character by itself: what surrounds it, or the language, changes nothing. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Without accents and special forms. */
  private static String plain(String name) {
    return MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
  }
}
