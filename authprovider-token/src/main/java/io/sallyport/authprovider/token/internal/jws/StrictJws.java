package io.sallyport.authprovider.token.internal.jws;

import io.sallyport.api.AuthenticationResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens JSON Web Signatures (RFC 7515) in the compact form, and no others. Which algorithm a signature is checked
 * by is the key's to say. Nothing of the payload is read before the signature was found right.
 *
 * @param <K> the kind of keys
 */
public final class StrictJws<K extends VerificationKey> {

  /** The most characters of a token of our own: what is longer was not made here. */
  public static final int MAX_LENGTH = 8 * 1024;

  /** The most characters of a token of somebody else, who may name many groups in it. */
  public static final int MAX_LENGTH_OF_OTHERS = 16 * 1024;

  private final VerificationKeys<K> keys;
  private final HeaderPolicy policy;
  private final int maxLength;

  /** Opens what one of some keys has signed. */
  public StrictJws(VerificationKeys<K> keys, HeaderPolicy policy) {
    this(keys, policy, MAX_LENGTH);
  }

  /**
   * Opens what one of some keys has signed.
   *
   * @param maxLength the most characters of a token that is looked at
   */
  public StrictJws(VerificationKeys<K> keys, HeaderPolicy policy, int maxLength) {
    this.keys = keys;
    this.policy = policy;
    this.maxLength = maxLength;
  }

  /** The payload of a token whose form, header and signature are right, and the key of the signature. */
  public Verdict<Opened<K>> open(String token) {
    if (token.length() > maxLength) {
      return Verdict.refused(Reason.AMBIGUOUS, "token longer than " + maxLength + " characters");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return Verdict.foreign("not three parts with dots between them");
    }
    Optional<byte[]> payload = payload(token.substring(first + 1, second));
    Optional<byte[]> signature = Base64Url.decode(token.substring(second + 1));
    if (payload.isEmpty() || signature.isEmpty()) {
      return Verdict.malformed("payload and signature must be base64url in its only spelling");
    }
    String signed = token.substring(0, second);
    return key(token.substring(0, first))
        .then(key -> key.verify(signed.getBytes(StandardCharsets.US_ASCII), signature.get())
            ? Verdict.accepted(new Opened<>(payload.get(), key))
            : Verdict.refused(Reason.WRONG_CREDENTIALS, "invalid token: wrong signature"));
  }

  /** RFC 7515 lets a payload be empty; claims are not. */
  private static Optional<byte[]> payload(String segment) {
    return segment.isEmpty() ? Optional.of(new byte[0]) : Base64Url.decode(segment);
  }

  private Verdict<K> key(String segment) {
    Optional<Map<String, @Nullable Object>> header =
        Base64Url.decode(segment).flatMap(StrictJson::object);
    return header.isPresent()
        ? key(header.get())
        : Verdict.malformed(
            "the header is not a flat JSON object in base64url with each member once");
  }

  /** Whose key it is comes first: what others sign may have another header. */
  private Verdict<K> key(Map<String, @Nullable Object> header) {
    Object name = header.get("kid");
    if (header.containsKey("kid") && !(name instanceof String)) {
      return Verdict.malformed("the header's kid must be a text");
    }
    String keyId = (String) name;
    Optional<K> key = isNamedAsExpected(keyId) ? keys.find(keyId) : Optional.empty();
    if (key.isEmpty()) {
      return Verdict.foreign("not signed with a key that is in force here");
    }
    String algorithm = key.get().algorithm().header();
    if (!algorithm.equals(header.get("alg"))) {
      return wrongAlgorithm(keyId, algorithm);
    }
    Optional<String> fault = policy.fault(header);
    return fault.isPresent() ? Verdict.malformed(fault.get()) : Verdict.accepted(key.get());
  }

  private boolean isNamedAsExpected(@Nullable String keyId) {
    return switch (policy.keyId()) {
      case NONE -> keyId == null;
      case OPTIONAL -> true;
      case REQUIRED -> keyId != null;
    };
  }

  /** Without a name it need not be our key that was meant. */
  private static <K> Verdict<K> wrongAlgorithm(@Nullable String keyId, String algorithm) {
    String fault = "the header's alg must be " + algorithm;
    return keyId == null ? Verdict.foreign(fault) : Verdict.malformed(fault);
  }
}
