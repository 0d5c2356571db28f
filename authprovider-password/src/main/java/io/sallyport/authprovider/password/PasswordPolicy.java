package io.sallyport.authprovider.password;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordJudgment.Accepted;
import io.sallyport.authprovider.password.PasswordJudgment.Fault;
import io.sallyport.authprovider.password.PasswordJudgment.Refused;
import io.sallyport.authprovider.password.internal.CommonPasswords;
import io.sallyport.authprovider.password.internal.FoldedText;
import io.sallyport.authprovider.password.internal.Passwords;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which new passwords may be taken. It follows NIST SP 800-63B-4 (section 3.1.1.2) and OWASP ASVS 5.0
 * (section 6.2):
 *
 * <ul>
 *   <li>a length of 8 characters or more, unless told otherwise; both advise 15, and NIST requires them
 *       where the password is all that proves who somebody is
 *   <li>room for passphrases: 64 characters are always allowed, and up to 1,024 bytes of UTF-8
 *   <li>every character but control characters is allowed, and none is required
 *   <li>it is none of the common passwords, not a name of the user, and no word that the operator has
 *       ruled out: compared as a whole, without regard to case
 * </ul>
 *
 * <p>Characters are Unicode code points. Nothing is normalized, since the bytes are hashed as they come:
 * an é that is written as two code points counts as two, and differs from an é that is one.
 *
 * <p>It is for passwords that are set. It is not asked when somebody signs in, so that a stricter policy
 * locks nobody out.
 *
 * <p><b>Security.</b> The copies of a password that are made here are overwritten.
 *
 * <p><b>Threads.</b> One instance serves all threads.
 *
 * @since 0.1
 */
public final class PasswordPolicy {

  private static final int MAX_BYTES = 1024;

  private final int minLength;
  private final int maxLength;
  private final List<FoldedText> ruledOut;

  private PasswordPolicy(Builder builder) {
    this.minLength = builder.minLength;
    this.maxLength = builder.maxLength;
    this.ruledOut = builder.ruledOut;
  }

  /**
   * The policy that nobody has changed: at least 8 characters, at most 1,024 bytes.
   *
   * @return the policy
   */
  public static PasswordPolicy standard() {
    return builder().build();
  }

  /**
   * Begins a policy of one's own.
   *
   * @return a builder with the values of {@link #standard()}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Judges a new password.
   *
   * @param password the password
   * @param names what the user is known by, such as the user name and the e-mail address; of an address,
   *     what stands before the {@code @} is such a name too
   * @return whether it may be taken, and if not, why
   */
  public PasswordJudgment judge(Secret password, Collection<String> names) {
    byte[] utf8 = password.revealBytes();
    try {
      return faultOf(utf8, names).<PasswordJudgment>map(this::refused).orElseGet(Accepted::new);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private Optional<Fault> faultOf(byte[] utf8, Collection<String> names) {
    if (utf8.length == 0) {
      return Optional.of(Fault.EMPTY);
    }
    try {
      CharBuffer text = Passwords.decode(utf8);
      try (FoldedText folded = FoldedText.of(text)) {
        return text.chars().anyMatch(Character::isISOControl)
            ? Optional.of(Fault.NOT_TEXT)
            : faultOf(folded, utf8.length, names);
      } finally {
        Arrays.fill(text.array(), '\0');
      }
    } catch (CharacterCodingException e) {
      return Optional.of(Fault.NOT_TEXT);
    }
  }

  private Optional<Fault> faultOf(FoldedText password, int bytes, Collection<String> names) {
    if (password.length() < minLength) {
      return Optional.of(Fault.TOO_SHORT);
    }
    if (password.length() > maxLength) {
      return Optional.of(Fault.TOO_LONG);
    }
    if (bytes > MAX_BYTES) {
      return Optional.of(Fault.TOO_MANY_BYTES);
    }
    if (names.stream().anyMatch(name -> isName(password, name))) {
      return Optional.of(Fault.OWN_NAME);
    }
    if (ruledOut.stream().anyMatch(password::matches)) {
      return Optional.of(Fault.RULED_OUT);
    }
    return CommonPasswords.bundled().contains(password)
        ? Optional.of(Fault.COMMON)
        : Optional.empty();
  }

  private static boolean isName(FoldedText password, String name) {
    int at = name.lastIndexOf('@');
    return password.matches(FoldedText.of(name))
        || (at > 0 && password.matches(FoldedText.of(name.substring(0, at))));
  }

  private Refused refused(Fault fault) {
    return switch (fault) {
      case EMPTY -> refused(fault, "is empty; choose one of at least " + minLength + " characters");
      case NOT_TEXT ->
        refused(
            fault, "is not UTF-8 text without control characters; choose one that can be typed");
      case TOO_SHORT ->
        refused(
            fault, minLength, "is too short; choose one of at least " + minLength + " characters");
      case TOO_LONG ->
        refused(
            fault, maxLength, "is too long; choose one of at most " + maxLength + " characters");
      case TOO_MANY_BYTES ->
        refused(
            fault,
            MAX_BYTES,
            "is too long; choose one of at most " + MAX_BYTES + " bytes in UTF-8");
      case OWN_NAME ->
        refused(fault, "is a name of its user; choose one that others would not think of");
      case RULED_OUT ->
        refused(
            fault, "is one that must not be used here; choose one that others would not think of");
      case COMMON ->
        refused(
            fault,
            "is among the most common ones, which are guessed first; choose another, such as"
                + " several words that do not belong together");
    };
  }

  private static Refused refused(Fault fault, String what) {
    return new Refused(fault, OptionalInt.empty(), "the password " + what);
  }

  private static Refused refused(Fault fault, int limit, String what) {
    return new Refused(fault, OptionalInt.of(limit), "the password " + what);
  }

  /** Collects what a policy asks for. */
  public static final class Builder {

    private static final int LEAST_MIN_LENGTH = 5;
    private static final int ALWAYS_ALLOWED = 64;

    private int minLength = 8;
    private int maxLength = MAX_BYTES;
    private List<FoldedText> ruledOut = List.of();

    private Builder() {}

    /**
     * Sets how many characters a password needs: 5 to 64, 8 by default. Fewer than 8 are for migrations
     * only, neither NIST nor OWASP allows them.
     *
     * @param characters the least length in code points
     * @return this
     */
    public Builder minLength(int characters) {
      if (characters < LEAST_MIN_LENGTH || characters > ALWAYS_ALLOWED) {
        throw new IllegalArgumentException("minLength must be "
            + LEAST_MIN_LENGTH
            + " to "
            + ALWAYS_ALLOWED
            + " characters, got "
            + characters);
      }
      this.minLength = characters;
      return this;
    }

    /**
     * Sets how many characters a password may have: 64 to 1,024, 1,024 by default. Whatever is set here,
     * a password has at most 1,024 bytes.
     *
     * @param characters the greatest length in code points
     * @return this
     */
    public Builder maxLength(int characters) {
      if (characters < ALWAYS_ALLOWED || characters > MAX_BYTES) {
        throw new IllegalArgumentException("maxLength must be "
            + ALWAYS_ALLOWED
            + " to "
            + MAX_BYTES
            + " characters, got "
            + characters);
      }
      this.maxLength = characters;
      return this;
    }

    /**
     * Rules out words that are easy to guess in one place, such as the name of the company or product.
     * They replace those that were given before; the common passwords are ruled out in any case.
     *
     * @param words the words, none empty
     * @return this
     */
    public Builder ruleOut(Collection<String> words) {
      requireNonNull(words, "words");
      if (words.stream().anyMatch(String::isEmpty)) {
        throw new IllegalArgumentException("a word that is ruled out must not be empty");
      }
      this.ruledOut = words.stream().distinct().map(FoldedText::of).toList();
      return this;
    }

    /**
     * Ends the building.
     *
     * @return the policy
     */
    public PasswordPolicy build() {
      return new PasswordPolicy(this);
    }
  }
}
