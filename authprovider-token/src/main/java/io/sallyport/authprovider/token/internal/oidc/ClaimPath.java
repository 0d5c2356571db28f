package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.api.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a claim stands: its name, or the names on the way to it, such as {@code realm_access.roles}.
 *
 * @param names at least one, the outermost first
 */
record ClaimPath(List<String> names) {

  /** What has one text with spaces in between where others have lists: RFC 8693 section 4.2. */
  private static final Set<String> SCOPES = Set.of("scope", "scp");

  ClaimPath {
    names = List.copyOf(names);
  }

  /** A path as it is written; a name with a colon or a slash is an address, of which dots are a part. */
  static ClaimPath of(String written) {
    boolean isAddress = written.indexOf(':') >= 0 || written.indexOf('/') >= 0;
    return new ClaimPath(isAddress ? List.of(written) : List.of(written.split("\\.", -1)));
  }

  boolean isValid() {
    return names.stream().allMatch(User::isValidName);
  }

  /** The value, empty if there is none. */
  private Optional<Object> value(Map<String, ? extends @Nullable Object> claims) {
    Object value = claims;
    for (String name : names) {
      value = value instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return Optional.ofNullable(value);
  }

  /**
   * The texts of a list, or the only text; none if there is no such claim.
   *
   * @throws MalformedClaimException if it is something else
   */
  List<String> texts(Map<String, ? extends @Nullable Object> claims) {
    Optional<Object> value = value(claims);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof String text) {
      return isScope() ? checked(List.of(text.trim().split(" +"))) : checked(List.of(text));
    }
    if (value.get() instanceof List<?> list) {
      return checked(list);
    }
    throw malformed();
  }

  /**
   * A text, or a number or a flag as a text; empty if there is no such claim.
   *
   * @throws MalformedClaimException if it is something else, or too long to be remembered, or has control characters
   */
  Optional<String> text(Map<String, ? extends @Nullable Object> claims) {
    Optional<Object> value = value(claims);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Object found = value.get();
    if (found instanceof String || found instanceof Number || found instanceof Boolean) {
      return Optional.of(fit(found.toString()));
    }
    throw malformed();
  }

  private boolean isScope() {
    return SCOPES.contains(names.get(names.size() - 1));
  }

  private List<String> checked(List<?> list) {
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw malformed();
      }
      texts.add(fit(text));
    }
    return texts;
  }

  private String fit(String text) {
    if (!User.isValidName(text)) {
      throw malformed();
    }
    return text;
  }

  private MalformedClaimException malformed() {
    return new MalformedClaimException(
        "the claim " + this + " must have texts of 1 to 256 characters, none a control character");
  }

  @Override
  public String toString() {
    return String.join(".", names);
  }
}
