package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that must not be shown: a password, a stored hash, a key, a token.
 *
 * <p>{@code toString} hides the contents and {@code equals} is identity; compare contents with {@link
 * #matches(Secret)}. Every place that takes the contents out is found by the word {@code reveal}.
 *
 * <p><b>Threads.</b> Safe to share; {@link #close()} is for the owner, once nobody needs the
 * contents any more.
 *
 * @since 0.1
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A secret with a copy of these bytes.
   *
   * @param bytes the contents; the caller may clear them afterwards
   * @return the secret
   */
  public static Secret ofBytes(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /**
   * A secret with the UTF-8 form of a text.
   *
   * @param text the contents
   * @return the secret
   */
  public static Secret ofText(CharSequence text) {
    requireNonNull(text, "text");
    return new Secret(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The contents.
   *
   * @return a copy, which the caller should clear after use
   */
  public byte[] revealBytes() {
    return bytes.clone();
  }

  /**
   * The contents read as UTF-8, for interfaces that want text.
   *
   * @return the text
   */
  public String revealText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * The contents as a read-only view, for those who would only read a copy.
   *
   * @return a view of the contents, valid until this secret is closed
   */
  public ByteBuffer revealBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The length of the contents.
   *
   * @return the number of bytes
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Whether there are no contents.
   *
   * @return true if the length is zero
   */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /**
   * Compares contents in a time that does not depend on where they differ.
   *
   * @param other the secret to compare with
   * @return whether both have the same contents
   */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** Overwrites the contents with zeros. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
