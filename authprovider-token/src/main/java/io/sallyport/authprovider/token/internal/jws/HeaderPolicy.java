package io.sallyport.authprovider.token.internal.jws;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which headers a token may have: {@code alg} is HS256, {@code typ} is JWT, and there is nothing
 * else. The header chooses neither the algorithm nor the key; it only has to say what is expected.
 *
 * @param typeRequired whether {@code typ} must be there
 * @param keyId the only {@code kid} there may be and then must be, null for none
 */
public record HeaderPolicy(boolean typeRequired, @Nullable String keyId) {

  /** What tokens of our own have. */
  public static final HeaderPolicy OWN = new HeaderPolicy(true, null);

  /**
   * The header of every token that we make. Read from a text, since Nimbus promises no order of the
   * members of a header that it builds.
   */
  public static final JWSHeader HEADER = parse("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private static final String ENCODED = HEADER.toBase64URL().toString();

  /** Members that may be named in a message: what a stranger invents is not repeated. */
  private static final Set<String> KNOWN = Set.of(
      "b64",
      "crit",
      "cty",
      "enc",
      "epk",
      "iss",
      "jku",
      "jwk",
      "kid",
      "x5c",
      "x5t",
      "x5t#S256",
      "x5u",
      "zip");

  /** What is wrong with a header, empty if nothing is. */
  Optional<String> fault(String segment) {
    if (keyId == null && segment.equals(ENCODED)) {
      return Optional.empty();
    }
    Optional<Map<String, Object>> header = Base64Url.decode(segment).flatMap(StrictJson::object);
    if (header.isEmpty()) {
      return Optional.of("the header is not a flat JSON object in base64url with each member once");
    }
    return faultOf(header.get());
  }

  private Optional<String> faultOf(Map<String, Object> header) {
    if (!"HS256".equals(header.get("alg"))) {
      return Optional.of("the header's alg must be HS256");
    }
    if ((typeRequired || header.containsKey("typ")) && !"JWT".equals(header.get("typ"))) {
      return Optional.of("the header's typ must be JWT");
    }
    if (keyId != null && !keyId.equals(header.get("kid"))) {
      return Optional.of("the header's kid must be the key's");
    }
    return header.keySet().stream()
        .filter(member -> !isExpected(member))
        .findFirst()
        .map(member -> KNOWN.contains(member)
            ? "the header must not have " + member
            : "the header must have no members but alg and typ");
  }

  private boolean isExpected(String member) {
    return member.equals("alg") || member.equals("typ") || (keyId != null && member.equals("kid"));
  }

  private static JWSHeader parse(String json) {
    try {
      return JWSHeader.parse(Base64URL.encode(json));
    } catch (ParseException e) {
      throw new IllegalStateException("Nimbus cannot read the header " + json, e);
    }
  }
}
