package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.rules.AccessRule;
import io.sallyport.core.internal.rules.PathPattern;
import java.util.List;
import java.util.Set;

/**
 * Says who may ask for a path: a line of the {@code rules:} table. Immutable; each method makes a new rule.
 *
 * <p>A path is written by segments and matched with case: {@code *} is one segment or part of one, {@code
 * **} any number of segments, so that {@code /a/**} includes {@code /a}; {@code {name}} is one segment. The
 * most specific path decides.
 *
 * @since 0.1
 */
public final class Rule {

  private final Set<String> methods;
  private final PathPattern path;
  private final Access access;
  private final boolean tenantRequired;
  private final String source;

  private Rule(
      Set<String> methods, PathPattern path, Access access, boolean tenantRequired, String source) {
    this.methods = methods;
    this.path = path;
    this.access = access;
    this.tenantRequired = tenantRequired;
    this.source = source;
  }

  /**
   * A rule for every method on a path that any authenticated caller may ask.
   *
   * @param path the pattern
   * @return the rule
   * @throws IllegalArgumentException if the pattern is not one
   */
  public static Rule on(String path) {
    return new Rule(
        AccessRule.ANY_METHOD, PathPattern.parse(path), new Access.Authenticated(), false, path);
  }

  /**
   * This rule for these methods only.
   *
   * @param names exact method tokens; GET speaks for HEAD too
   * @return a new rule
   */
  public Rule methods(String... names) {
    return new Rule(Set.copyOf(List.of(names)), path, access, tenantRequired, source);
  }

  /**
   * This rule, open to everybody, without authentication.
   *
   * @return a new rule
   */
  public Rule open() {
    return with(new Access.Open());
  }

  /**
   * This rule for every authenticated caller.
   *
   * @return a new rule
   */
  public Rule authenticated() {
    return with(new Access.Authenticated());
  }

  /**
   * This rule for callers with one of these roles.
   *
   * @param anyOf the roles, at least one
   * @return a new rule
   * @throws IllegalArgumentException if there is none
   */
  public Rule roles(String... anyOf) {
    if (anyOf.length == 0) {
      throw new IllegalArgumentException("roles must name at least one role; use deny() for none");
    }
    return with(new Access.Roles(Set.copyOf(List.of(anyOf))));
  }

  /**
   * This rule for nobody.
   *
   * @return a new rule
   */
  public Rule deny() {
    return with(new Access.Deny());
  }

  /**
   * This rule for requests that name a tenant of the caller's. An open rule has no caller, and is refused
   * when it is added.
   *
   * @return a new rule
   */
  public Rule inTenant() {
    return new Rule(methods, path, access, true, source);
  }

  /** This rule as it stands in the configuration, for whoever reads the audit log. */
  Rule writtenAs(String text) {
    return new Rule(methods, path, access, tenantRequired, requireNonNull(text, "text"));
  }

  private Rule with(Access value) {
    return new Rule(methods, path, value, tenantRequired, source);
  }

  boolean isOpen() {
    return access instanceof Access.Open;
  }

  AccessRule accessRule() {
    return new AccessRule(methods, path, access, tenantRequired, source);
  }
}
