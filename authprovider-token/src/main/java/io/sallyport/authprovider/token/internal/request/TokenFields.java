package io.sallyport.authprovider.token.internal.request;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.spi.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header fields in which a token may stand. {@code Authorization} has it behind the scheme
 * Bearer, every other field has it alone.
 */
public final class TokenFields {

  private static final String AUTHORIZATION = "Authorization";
  private static final List<String> DEFAULTS = List.of(AUTHORIZATION, "Authentication-Token");

  private final Set<String> names;

  private TokenFields(Set<String> names) {
    this.names = Collections.unmodifiableSet(names);
  }

  /** The fields that settings name. */
  public static TokenFields read(Settings settings, String key) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : settings.texts(key)) {
      if (!isFieldName(name)) {
        settings.reject(key, "expected names of header fields, such as " + AUTHORIZATION);
      } else if (name.equalsIgnoreCase("Cookie")) {
        settings.reject(
            key,
            "expected other fields than Cookie, which browsers send along whatever page asks them to");
      } else if (!names.add(name)) {
        settings.reject(key, "names a header field twice; leave one out");
      }
    }
    return names.isEmpty() ? of(DEFAULTS) : new TokenFields(names);
  }

  public static TokenFields of(List<String> names) {
    Set<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    sorted.addAll(names);
    return new TokenFields(sorted);
  }

  public Set<String> names() {
    return names;
  }

  public boolean includeBearer() {
    return names.contains(AUTHORIZATION);
  }

  /** The only token of a request, or why there is not one; empty if there is none at all. */
  public Optional<Verdict<String>> find(AuthenticationRequest request) {
    List<Verdict<String>> found = new ArrayList<>(1);
    boolean repeated = false;
    for (String name : names) {
      List<String> lines = request.headers(name);
      int before = found.size();
      lines.forEach(line -> token(name, line).ifPresent(found::add));
      // whoever reads the other line of a field that is there twice sees another request
      repeated |= found.size() > before && lines.size() > 1;
    }
    return repeated || found.size() > 1
        ? Optional.of(
            Verdict.refused(Reason.AMBIGUOUS, "more than one token, or one in a repeated field"))
        : found.stream().findFirst();
  }

  private static Optional<Verdict<String>> token(String field, String line) {
    if (field.equalsIgnoreCase(AUTHORIZATION)) {
      return BearerCredentials.token(line);
    }
    return line.isBlank() ? Optional.empty() : Optional.of(Verdict.accepted(line));
  }

  private static boolean isFieldName(String name) {
    return !name.isEmpty() && name.chars().allMatch(BearerCredentials::isTokenCharacter);
  }
}
