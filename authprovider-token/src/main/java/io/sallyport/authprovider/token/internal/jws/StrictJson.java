package io.sallyport.authprovider.token.internal.jws;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects that tokens consist of: strict UTF-8 without a byte order mark, one object and nothing else,
 * no member twice at any depth, and no deeper than permitted.
 *
 * <p>Nimbus's reader finds members that occur twice, but not inside of nested objects, and it skips a byte order
 * mark; hence an own one.
 */
public final class StrictJson {

  /** How deep the claims of others may nest. */
  public static final int MAX_DEPTH = 16;

  /** Tokens of ours nest nothing but lists of texts. */
  private static final int FLAT = 1;

  private StrictJson() {}

  /** The members; empty if the bytes are not one object of texts, numbers and lists of them. */
  public static Optional<Map<String, @Nullable Object>> object(byte[] utf8) {
    return read(utf8, FLAT)
        .filter(members ->
            members.values().stream().noneMatch(value -> value instanceof Map<?, ?>));
  }

  /**
   * The members, in which further objects and lists may be.
   *
   * @param depth how many of them may be within each other, up to {@link #MAX_DEPTH}
   */
  public static Optional<Map<String, @Nullable Object>> nested(byte[] utf8, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth must be at most " + MAX_DEPTH + ", got " + depth);
    }
    return read(utf8, depth);
  }

  private static Optional<Map<String, @Nullable Object>> read(byte[] utf8, int depth) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return Optional.of(new JsonReader(text).object(depth));
    } catch (CharacterCodingException | JsonReader.NotStrictException e) {
      return Optional.empty();
    }
  }
}
