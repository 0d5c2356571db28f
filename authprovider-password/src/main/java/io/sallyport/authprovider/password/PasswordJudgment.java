package io.sallyport.authprovider.password;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * What a {@link PasswordPolicy} says of a new password.
 *
 * <p><b>Security.</b> A judgment never holds the password, nor any part of it. What it tells is for
 * whoever chose the password.
 *
 * @since 0.1
 */
public sealed interface PasswordJudgment {

  /** The password may be taken. */
  record Accepted() implements PasswordJudgment {

    /** Makes the judgment. */
    public Accepted {}
  }

  /**
   * The password must not be taken.
   *
   * @param fault what is wrong with it; of several faults the first in the order of {@link Fault}
   * @param limit the limit that it broke, for those who word the message themselves; empty where the
   *     fault has none
   * @param message a sentence without a full stop, to be shown to whoever chose the password: what is
   *     wrong, and what to do
   */
  record Refused(Fault fault, OptionalInt limit, String message) implements PasswordJudgment {

    /**
     * Makes the judgment.
     *
     * @param fault what is wrong
     * @param limit the limit, if the fault has one
     * @param message the sentence
     */
    public Refused {
      requireNonNull(fault, "fault");
      requireNonNull(limit, "limit");
      requireNonNull(message, "message");
    }
  }

  /** What can be wrong with a new password. */
  enum Fault {
    /** There is none. */
    EMPTY,
    /** It is not UTF-8, or has control characters, so that nobody could sign in with it. */
    NOT_TEXT,
    /** It has fewer characters than the limit. */
    TOO_SHORT,
    /** It has more characters than the limit. */
    TOO_LONG,
    /** It has more bytes of UTF-8 than the limit. */
    TOO_MANY_BYTES,
    /** It is a name of the user that it is for. */
    OWN_NAME,
    /** It is a word that the operator has ruled out. */
    RULED_OUT,
    /** It is among the common passwords, which are guessed first. */
    COMMON
  }
}
