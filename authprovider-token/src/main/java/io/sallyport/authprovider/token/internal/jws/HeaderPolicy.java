package io.sallyport.authprovider.token.internal.jws;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which headers a token may have. The header chooses neither the algorithm nor the material of a key: it names a
 * key by {@code kid} and has to say of it what is known already.
 *
 * @param types what {@code typ} may be
 * @param typeRequired whether {@code typ} must be there
 * @param keyId whether {@code kid} must be there
 * @param exact whether {@code typ} must be spelled as in {@code types}, rather than as one of the ways in which RFC
 *     7515 section 4.1.9 lets a media type be written
 * @param ignored members that may be there besides, and say nothing to us
 */
public record HeaderPolicy(
    Set<String> types, boolean typeRequired, KeyIdRule keyId, boolean exact, Set<String> ignored) {

  private static final String MEDIA_TYPE = "application/";

  /** Members that say where to take a key from, or that something is to be read in another way. */
  private static final Set<String> DANGEROUS =
      Set.of("b64", "crit", "cty", "enc", "epk", "jku", "jwk", "x5c", "x5u", "zip");

  /** Members that may be named in a message: what a stranger invents is not repeated. */
  private static final Set<String> HARMLESS = Set.of("iss", "x5t", "x5t#S256");

  /** What tokens of our own have: the members that we write, as we write them; {@code kid} where our keys have names. */
  public static final HeaderPolicy OWN =
      new HeaderPolicy(Set.of("JWT"), true, KeyIdRule.OPTIONAL, true, Set.of());

  /** A policy, whose types and ignored members are copied. */
  public HeaderPolicy {
    types = exact
        ? Set.copyOf(types)
        : types.stream().map(HeaderPolicy::mediaType).collect(Collectors.toUnmodifiableSet());
    ignored = Set.copyOf(ignored);
    if (ignored.stream().anyMatch(DANGEROUS::contains)) {
      throw new IllegalArgumentException("ignored must have none of " + DANGEROUS);
    }
  }

  /**
   * What tokens of an outside issuer may have.
   *
   * @param types what {@code typ} may be, such as {@code at+jwt}
   * @param typeRequired whether it must be there
   * @param keyId whether {@code kid} must be there
   */
  public static HeaderPolicy outside(Set<String> types, boolean typeRequired, KeyIdRule keyId) {
    return new HeaderPolicy(types, typeRequired, keyId, false, Set.of("x5t", "x5t#S256"));
  }

  /** What is wrong with a header but for its key and algorithm, empty if nothing is. */
  Optional<String> fault(Map<String, @Nullable Object> header) {
    boolean hasType = header.containsKey("typ");
    if ((typeRequired || hasType) && !isExpected(header.get("typ"))) {
      return Optional.of("the header's typ must be " + String.join(" or ", types));
    }
    return header.keySet().stream()
        .filter(member -> !isPermitted(member))
        .findFirst()
        .map(member -> DANGEROUS.contains(member) || HARMLESS.contains(member)
            ? "the header must not have " + member
            : "the header must have no members but alg, kid and typ");
  }

  private boolean isExpected(@Nullable Object type) {
    return type instanceof String text && types.contains(exact ? text : mediaType(text));
  }

  private boolean isPermitted(String member) {
    return member.equals("alg")
        || member.equals("typ")
        || member.equals("kid")
        || ignored.contains(member);
  }

  private static String mediaType(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    String name = lower.startsWith(MEDIA_TYPE) ? lower.substring(MEDIA_TYPE.length()) : lower;
    // the short form is only for names without a further slash
    return name.indexOf('/') < 0 ? name : lower;
  }
}
