package io.sallyport.userstore.file.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.PasswordEpoch;
import io.sallyport.spi.Settings;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what a user's entry says about signing in, and the attributes. */
final class AccountReader {

  private static final String EMAIL = "email";
  static final String PASSWORD = "password";
  static final String PASSWORD_EPOCH = "password_epoch";
  private static final String TOKENS_NOT_BEFORE = "tokens_not_before";
  private static final String ATTRIBUTES = "attributes";

  private AccountReader() {}

  /**
   * Reads an account.
   *
   * @param allowPlaintext whether a password may stand where its hash belongs
   */
  static Account account(Settings entry, boolean allowPlaintext) {
    return new Account(
        hash(entry, allowPlaintext),
        passwordEpoch(entry),
        entry.flag("active", true),
        entry.flag("locked", false),
        tokensNotBefore(entry));
  }

  private static @Nullable Secret hash(Settings entry, boolean allowPlaintext) {
    if (isTornApart(entry)) {
      entry.reject(
          PASSWORD,
          "expected a hash in quotes: inside of {…} the commas of an unquoted one end the value");
      return null;
    }
    Optional<Secret> hash = entry.optionalSecret(PASSWORD);
    if (hash.isPresent()
        && !HashForm.mayBeHash(hash.get())
        && !(allowPlaintext && HashForm.mayBePlaintext(hash.get()))) {
      entry.reject(
          PASSWORD,
          "expected the hash of a password, such as $argon2id$v=19$…, never a password itself; make one"
              + " with the hash command described in the README, or leave the key out for a user"
              + " without a password");
      return null;
    }
    return hash.orElse(null);
  }

  /**
   * Whether an unquoted {@code $argon2id$v=19$m=19456,t=2,p=1$…} was read as a value and two keys. Asks
   * for such keys, since the message on an unknown key would show the hash.
   */
  private static boolean isTornApart(Settings entry) {
    boolean torn = false;
    for (String key : entry.keys()) {
      if (key.indexOf('$') >= 0 || key.indexOf('=') >= 0) {
        torn |= entry.has(key);
      }
    }
    return torn;
  }

  private static @Nullable String passwordEpoch(Settings entry) {
    // one that nobody has filled in says nothing, rather than that it is the same for every hash
    Optional<String> epoch = entry.optionalText(PASSWORD_EPOCH).filter(text -> !text.isEmpty());
    if (epoch.isPresent() && PasswordEpoch.isMalformed(epoch.get())) {
      entry.reject(
          PASSWORD_EPOCH,
          "expected what was written here when the hash was upgraded; remove the key, which ends the"
              + " user's tokens, or begin a text of your own with something else than "
              + PasswordEpoch.PREFIX);
      return null;
    }
    return epoch.orElse(null);
  }

  private static @Nullable Instant tokensNotBefore(Settings entry) {
    Optional<String> text = entry.optionalText(TOKENS_NOT_BEFORE);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text.get());
    } catch (DateTimeParseException e) {
      entry.reject(TOKENS_NOT_BEFORE, "expected an instant in UTC, such as 2026-11-23T08:30:00Z");
      return null;
    }
  }

  static Map<String, String> attributes(Settings entry, UnaryOperator<String> share) {
    Optional<String> email = entry.optionalText(EMAIL);
    Optional<Settings> section = entry.optionalSection(ATTRIBUTES);
    if (email.isEmpty() && section.isEmpty()) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    for (String key : section.map(Settings::keys).orElse(Set.of())) {
      attributes.put(share.apply(key), section.get().text(key, ""));
    }
    email.ifPresent(value -> {
      if (attributes.put(EMAIL, value) != null) {
        entry.reject("email stands here and under attributes; keep one of them");
      }
    });
    return Map.copyOf(attributes);
  }
}
