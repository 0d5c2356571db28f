package io.sallyport.core.internal.rules;

import io.sallyport.core.internal.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the configuration lets through by name that {@link RequestTarget} refuses otherwise.
 *
 * @param pathParameters the names of the path parameters that a segment may carry, such as {@code
 *     jsessionid}; compared exactly. They never count in matching.
 * @param permitted the forms of a target that are no reason to refuse it
 */
public record TargetPolicy(Set<String> pathParameters, Set<TargetForm> permitted) {

  /** Lets nothing through. */
  public static final TargetPolicy STRICT = new TargetPolicy(Set.of(), Set.of());

  /**
   * A policy.
   *
   * @param pathParameters the permitted names
   * @param permitted the permitted forms
   */
  public TargetPolicy {
    pathParameters = Set.copyOf(pathParameters);
    permitted = Set.copyOf(permitted);
    for (String name : pathParameters) {
      if (!isParameterName(name)) {
        throw new IllegalArgumentException(
            "a path parameter's name must be letters, digits, '.', '_', '-' or '~', got \"" + name
                + "\"");
      }
    }
  }

  /** The same with other names of path parameters. */
  public TargetPolicy withPathParameters(Collection<String> names) {
    return new TargetPolicy(Set.copyOf(names), permitted);
  }

  /**
   * The same with other permitted forms.
   *
   * @param words what the forms are called, in any case, with dashes or underscores
   * @throws IllegalArgumentException if nothing is called so
   */
  public TargetPolicy withPermitted(Collection<String> words) {
    return new TargetPolicy(
        pathParameters, words.stream().map(TargetPolicy::form).collect(Collectors.toSet()));
  }

  private static TargetForm form(String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    for (TargetForm form : TargetForm.values()) {
      if (form.name().equals(name)) {
        return form;
      }
    }
    List<String> words = words(EnumSet.allOf(TargetForm.class));
    throw new IllegalArgumentException("expected one of " + String.join(", ", words)
        + NearestName.of(word, words)
            .map(near -> "; did you mean " + near + "?")
            .orElse(""));
  }

  /** Whether a form is no reason to refuse. */
  public boolean permits(TargetForm form) {
    return permitted.contains(form);
  }

  boolean permitsParameter(String name) {
    return pathParameters.contains(name) || permits(TargetForm.ANY_PATH_PARAMETERS);
  }

  /** Whether a decoded path may hold a backslash, however it was sent. */
  boolean permitsBackslashes() {
    return permits(TargetForm.BACKSLASH) || permits(TargetForm.ENCODED_BACKSLASH);
  }

  /** All that is let through by name, in one line; empty if nothing is. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    if (!permitted.isEmpty()) {
      parts.add("permitted targets " + words(permitted));
    }
    if (!pathParameters.isEmpty()) {
      parts.add("path parameters " + pathParameters.stream().sorted().toList());
    }
    return String.join(", ", parts);
  }

  /** The permitted forms that honest clients hardly ever send. */
  public List<String> risks() {
    return words(permitted.stream().filter(TargetForm::isRisky).collect(Collectors.toSet()));
  }

  private static List<String> words(Set<TargetForm> forms) {
    return forms.stream().sorted().map(TargetForm::word).toList();
  }

  private static boolean isParameterName(String name) {
    return !name.isEmpty() && name.chars().allMatch(TargetPolicy::isUnreserved);
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-'
        || c == '~';
  }
}
