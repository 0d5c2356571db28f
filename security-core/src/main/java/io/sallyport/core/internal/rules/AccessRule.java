package io.sallyport.core.internal.rules;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of rules.
 *
 * @param methods the methods that it speaks for, compared exactly; {@link #ANY_METHOD} for all of them
 * @param path the paths that it speaks for
 * @param access what it asks of a caller
 * @param tenantRequired whether the request must name a tenant of the caller's
 * @param source where it is written and how, such as {@code security.yaml:14 GET /version open}
 */
public record AccessRule(
    Set<String> methods, PathPattern path, Access access, boolean tenantRequired, String source) {

  /** Every method. A list of methods that holds an asterisk means the same. */
  public static final Set<String> ANY_METHOD = Set.of(Methods.WILDCARD);

  /**
   * A rule.
   *
   * @param methods the methods
   * @param path the paths
   * @param access what it asks
   * @param tenantRequired whether a tenant is needed
   * @param source where it stands
   * @throws IllegalArgumentException if the methods are none or such as no request can match, or if a
   *     tenant is asked of a caller who need not be known
   */
  public AccessRule {
    Methods checked = Methods.of(methods);
    methods = checked.any() ? ANY_METHOD : checked.names();
    requireNonNull(path, "path");
    requireNonNull(access, "access");
    requireNonNull(source, "source");
    if (tenantRequired && access instanceof Access.Open) {
      throw new IllegalArgumentException(
          "an open rule asks nobody for a tenant; give it another access, or no tenant");
    }
  }

  boolean asksTheSameAs(AccessRule other) {
    return access.equals(other.access) && tenantRequired == other.tenantRequired;
  }

  Methods methodSet() {
    return methods.contains(Methods.WILDCARD) ? Methods.ANY : new Methods(false, methods);
  }

  /** The further spelling that a rule covers if it denies, null if it covers none. */
  @Nullable
  PathPattern slashedDenial() {
    return access instanceof Access.Deny ? path.withTrailingSlash() : null;
  }

  @Override
  public String toString() {
    return source;
  }
}
