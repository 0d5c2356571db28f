package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.NearestName;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a builder is told of tokens. For one thread. */
final class TokenParts {

  /** The name of the only generator. */
  static final String ONE_GENERATOR = "token_generator";

  private final OpenedParts parts;
  private final Map<String, TokenGenerator> generators = new LinkedHashMap<>();
  private final List<TokenEndpoint> endpoints = new ArrayList<>();
  private final Map<String, Set<String>> permissions = new TreeMap<>();
  private @Nullable String revocation;
  private @Nullable String introspection;
  private @Nullable String keys;

  TokenParts(OpenedParts parts) {
    this.parts = parts;
  }

  void generator(String name, TokenGenerator value) {
    parts.add(requireNonNull(value, "tokenGenerator"));
    if (generators.putIfAbsent(requireNonNull(name, "name"), value) != null) {
      throw new IllegalArgumentException(
          "two token generators are called \"" + name + "\"; names are unique");
    }
  }

  void endpoint(String path, @Nullable String generator, @Nullable Profile form) {
    endpoints.add(new TokenEndpoint(checkedPath(path, "/tokens"), generator, form));
  }

  void revocation(String path) {
    revocation = checkedPath(path, "/tokens/revoke");
  }

  void introspection(String path) {
    introspection = checkedPath(path, "/tokens/introspect");
  }

  void keys(String path) {
    keys = checkedPath(path, "/.well-known/jwks.json");
  }

  private static String checkedPath(String path, String example) {
    boolean sound = path.startsWith("/")
        && path.length() > 1
        && !path.endsWith("/")
        && path.chars().noneMatch(c -> c == '*' || c == '?' || c == '#' || c == '%' || c == ';');
    if (!sound) {
      throw new IllegalArgumentException(
          "expected a path such as " + example
              + " for the endpoint, beginning with a slash, not ending with one, and without wildcards");
    }
    return path;
  }

  void permission(String name, Set<String> roles) {
    if (!TokenEndpoints.PERMISSIONS.contains(name)) {
      throw new IllegalArgumentException("no permission is called \"" + name + "\""
          + NearestName.of(name, TokenEndpoints.PERMISSIONS)
              .map(near -> "; did you mean \"" + near + "\"?")
              .orElse("")
          + "; there are: " + String.join(", ", TokenEndpoints.PERMISSIONS));
    }
    permissions.put(name, Set.copyOf(roles));
  }

  Map<String, TokenGenerator> generators() {
    return generators;
  }

  /** Where tokens are made. */
  Set<String> paths() {
    return endpoints.stream().map(TokenEndpoint::path).collect(Collectors.toUnmodifiableSet());
  }

  TokenEndpoints endpoints(Profile profile) {
    return new TokenEndpoints(
        profile, List.copyOf(endpoints), revocation, introspection, keys, Map.copyOf(permissions));
  }

  /** What does not go together, in words that fit the file and the builder. */
  void addProblems(Profile profile, @Nullable TokenStore store, List<String> problems) {
    if (!endpoints.isEmpty() && generators.isEmpty() && !profile.isCloudify()) {
      problems.add(
          "the tokens endpoint is switched on and nothing makes tokens; configure token_generator, or call"
              + " tokenGenerator(…)");
    }
    for (TokenEndpoint endpoint : endpoints) {
      String generator = endpoint.generator();
      if (generator != null && !generators.containsKey(generator)) {
        problems.add("no token generator is called \"" + generator + "\", which the endpoint "
            + endpoint.path() + " names"
            + NearestName.of(generator, generators.keySet())
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("")
            + "; defined: "
            + (generators.isEmpty() ? "none" : String.join(", ", generators.keySet())));
      }
    }
    Set<String> paths = new LinkedHashSet<>();
    for (String path : allPaths()) {
      if (!paths.add(path)) {
        problems.add("two endpoints are on " + path + "; each needs a path of its own");
      }
    }
    if (revocation != null && store == null) {
      problems.add(
          "the token_revocation endpoint is switched on and nothing remembers what is revoked; configure"
              + " token_store, or call tokenStore(…)");
    }
    if (keys != null
        && generators.values().stream()
            .noneMatch(generator -> generator.publicKeys().isPresent())) {
      problems.add(
          "the jwks endpoint is switched on and no token generator has public keys; give one a key of an"
              + " algorithm such as ES256 (HS256 has none that could be shown), or leave the endpoint out");
    }
  }

  private List<String> allPaths() {
    List<String> paths = new ArrayList<>();
    endpoints.forEach(endpoint -> paths.add(endpoint.path()));
    for (String path : new @Nullable String[] {revocation, introspection, keys}) {
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  String summary() {
    return (endpoints.isEmpty()
            ? ""
            : ", tokens at " + endpoints.stream().map(TokenEndpoint::path).toList())
        + (revocation == null ? "" : ", revocation at " + revocation)
        + (introspection == null ? "" : ", introspection at " + introspection)
        + (keys == null ? "" : ", public keys at " + keys);
  }
}
