package io.sallyport.authprovider.token.internal.jwt;

import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads claims one by one. The first that is not as it must be is remembered and a stand-in is
 * returned, so that whoever reads asks once, at the end, whether all was well.
 *
 * <p>For the thread that made it.
 */
public final class ClaimReader {

  /** The end of the year 9999; a time in milliseconds lies far behind it. */
  public static final long MAX_SECONDS = 253_402_300_799L;

  private final Map<String, @Nullable Object> claims;
  private @Nullable String fault;

  public ClaimReader(Map<String, ? extends @Nullable Object> claims) {
    this.claims = Collections.unmodifiableMap(claims);
  }

  /** The claims of a token of our own, which nest nothing but lists of texts. */
  public static Verdict<ClaimReader> flat(byte[] payload) {
    return StrictJson.object(payload)
        .map(members -> Verdict.accepted(new ClaimReader(members)))
        .orElseGet(
            () -> Verdict.malformed("the claims are not a flat JSON object with each member once"));
  }

  /**
   * The claims of a token of somebody else, which may nest what they like within a bound.
   *
   * @param depth how many objects and lists may be within each other
   */
  public static Verdict<ClaimReader> nested(byte[] payload, int depth) {
    return StrictJson.nested(payload, depth)
        .map(members -> Verdict.accepted(new ClaimReader(members)))
        .orElseGet(() -> Verdict.malformed(
            "the claims are not a JSON object of depth " + depth + " with each member once"));
  }

  /** All claims as they were read: texts, numbers, flags, lists and mappings. */
  public Map<String, @Nullable Object> members() {
    return claims;
  }

  /** What is wrong with the first claim that was read and is not as it must be. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  /** A required text, not empty. */
  public String text(String name) {
    if (claims.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    return wrong(name, "a text that is not empty", "");
  }

  /** A required text that can be a user's name or id. */
  public String name(String name) {
    String text = text(name);
    return User.isValidName(text)
        ? text
        : wrong(name, "1 to 256 characters, none a control character", "");
  }

  /** The {@code sub} for the log, where it is fit to be shown. */
  @Nullable
  public String subjectIfFit() {
    return claims.get("sub") instanceof String text && User.isValidName(text) ? text : null;
  }

  /** A required instant. */
  public Instant instant(String name) {
    if (claims.get(name) instanceof Long seconds && seconds >= 0 && seconds <= MAX_SECONDS) {
      return Instant.ofEpochSecond(seconds);
    }
    return wrong(name, "a whole number of seconds since 1970, up to the year 9999", Instant.EPOCH);
  }

  /** A required instant, which may have a fraction: RFC 7519 section 2. */
  public Instant preciseInstant(String name) {
    if (claims.get(name) instanceof Double seconds && seconds >= 0 && seconds <= MAX_SECONDS) {
      long whole = (long) Math.floor(seconds);
      return Instant.ofEpochSecond(whole, (long) ((seconds - whole) * 1_000_000_000L));
    }
    return instant(name);
  }

  /** A required instant in milliseconds. */
  public Instant milliseconds(String name) {
    if (claims.get(name) instanceof Long millis && millis >= 0 && millis <= MAX_SECONDS * 1000) {
      return Instant.ofEpochMilli(millis);
    }
    return wrong(
        name, "a whole number of milliseconds since 1970, up to the year 9999", Instant.EPOCH);
  }

  /** Whether a claim is there, be it null. */
  public boolean has(String name) {
    return claims.containsKey(name);
  }

  /** A text, not empty, that may be absent, but not null. */
  public Optional<String> optionalText(String name) {
    return claims.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** An instant that may be absent, but not null. */
  public Optional<Instant> optionalInstant(String name) {
    return claims.containsKey(name) ? Optional.of(instant(name)) : Optional.empty();
  }

  /** Bytes in base64url, of a given number. */
  public byte[] bytes(String name, int length) {
    return Base64Url.decode(text(name))
        .filter(bytes -> bytes.length == length)
        .orElseGet(() -> wrong(name, length + " bytes in base64url", new byte[length]));
  }

  /** A required list of texts, none of them empty. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (claims.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof String text && !text.isEmpty()) {
          texts.add(text);
        } else {
          return wrong(name, "a list of texts", List.of());
        }
      }
      return texts;
    }
    return wrong(name, "a list of texts", List.of());
  }

  /** A list of texts that may be absent, but not null. */
  public Optional<List<String>> optionalTexts(String name) {
    return claims.containsKey(name) ? Optional.of(texts(name)) : Optional.empty();
  }

  /** A required text or list of texts. */
  public List<String> textOrTexts(String name) {
    return claims.get(name) instanceof String ? List.of(text(name)) : texts(name);
  }

  /** Notes that a claim, well formed in itself, does not go with the others. */
  public void require(boolean condition, String fault) {
    if (!condition) {
      note(fault);
    }
  }

  private <T> T wrong(String name, String expected, T standIn) {
    note("the claim " + name + " must be " + expected);
    return standIn;
  }

  private void note(String what) {
    if (fault == null) {
      fault = what;
    }
  }
}
