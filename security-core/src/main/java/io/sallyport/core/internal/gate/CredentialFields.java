package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Sees to it that a request carries one credential, by the header fields in which the providers look for
 * theirs. Whoever sends two leaves it to chance which of them counts.
 */
final class CredentialFields {

  /** The longest credential that any provider gets to see. */
  static final int MAX_LENGTH = 16 * 1024;

  private final List<String> names;
  private final boolean oneKindOnly;

  private CredentialFields(List<String> names, boolean oneKindOnly) {
    this.names = names;
    this.oneKindOnly = oneKindOnly;
  }

  static CredentialFields of(List<ProviderEntry> entries, boolean oneKindOnly) {
    TreeSet<String> names = new TreeSet<>();
    for (ProviderEntry entry : entries) {
      entry
          .provider()
          .credentialHeaders()
          .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    return new CredentialFields(List.copyOf(names), oneKindOnly);
  }

  /** Whether a request has one of them, whatever is in it. */
  boolean anyIn(AuthenticationRequest request) {
    return names.stream().anyMatch(name -> !request.headers(name).isEmpty());
  }

  /** Whether one of the fields holds anything, whoever may look into it. */
  boolean isAnyThere(AuthenticationRequest request) {
    for (String name : names) {
      if (request.headers(name).stream().anyMatch(value -> !value.isBlank())) {
        return true;
      }
    }
    return false;
  }

  /** Why no provider may be asked; empty if all is well. */
  Optional<String> ambiguity(AuthenticationRequest request) {
    int kinds = 0;
    for (String name : names) {
      List<String> values = request.headers(name);
      if (values.size() > 1) {
        return Optional.of("the header field " + name + " is there " + values.size() + " times");
      }
      if (values.isEmpty() || values.get(0).isBlank()) {
        continue;
      }
      if (values.get(0).length() > MAX_LENGTH) {
        return Optional.of(
            "the header field " + name + " is longer than " + MAX_LENGTH + " characters");
      }
      kinds++;
    }
    return oneKindOnly && kinds > 1
        ? Optional.of("the request carries credentials in two header fields: " + names)
        : Optional.empty();
  }

  /** The names of all fields, in lower case. */
  List<String> names() {
    return names;
  }
}
