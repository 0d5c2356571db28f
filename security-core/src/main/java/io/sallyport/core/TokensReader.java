package io.sallyport.core;

import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGeneratorFactory;
import java.util.List;

/** Reads {@code token_generator}, {@code token_generators}, {@code endpoints} and {@code permissions}. */
final class TokensReader {

  private static final String TOKENS = "tokens";

  private final Settings root;
  private final PartMaker parts;
  private final SallyportBuilder builder;
  private final Profile profile;

  TokensReader(Settings root, PartMaker parts, SallyportBuilder builder, Profile profile) {
    this.root = root;
    this.parts = parts;
    this.builder = builder;
    this.profile = profile;
  }

  void read() {
    if (root.has("token_generator") && root.has("token_generators")) {
      root.reject(
          "token_generators", "expected either token_generator or token_generators, not both");
    }
    if (root.has("token_generator")) {
      readGenerator(root.section("token_generator"), TokenParts.ONE_GENERATOR);
    }
    for (Settings entry : root.sections("token_generators")) {
      readGenerator(entry, entry.text("name"));
    }
    root.optionalSection("endpoints").ifPresent(this::readEndpoints);
    root.optionalSection("permissions").ifPresent(this::readPermissions);
  }

  private void readGenerator(Settings entry, String name) {
    parts
        .make(TokenGeneratorFactory.class, entry, builder.contextOf(name, List.of()))
        .ifPresent(made -> Checked.value(entry, "name", () -> builder.tokenGenerator(name, made)));
  }

  private void readEndpoints(Settings endpoints) {
    readTokens(endpoints);
    endpoints
        .optionalText("token_revocation")
        .ifPresent(path ->
            Checked.value(endpoints, "token_revocation", () -> builder.tokenRevocationAt(path)));
    endpoints
        .optionalText("token_introspection")
        .ifPresent(path -> Checked.value(
            endpoints, "token_introspection", () -> builder.tokenIntrospectionAt(path)));
    endpoints
        .optionalText("jwks")
        .ifPresent(path -> Checked.value(endpoints, "jwks", () -> builder.publicKeysAt(path)));
  }

  private void readTokens(Settings endpoints) {
    if (!((DocumentSettings) endpoints).hasMappings(TOKENS)) {
      List<String> paths = endpoints.texts(TOKENS);
      Checked.value(endpoints, TOKENS, () -> builder.tokensAt(paths.toArray(String[]::new)));
      return;
    }
    for (Settings entry : endpoints.sections(TOKENS)) {
      String path = entry.text("path");
      String generator = entry.optionalText("generator").orElse(null);
      Profile form = entry.choice("form", Profile.class, profile);
      Checked.value(entry, "path", () -> builder.tokensAt(path, generator, form));
    }
  }

  /** The names that rules ask for are the rules' matter. */
  private void readPermissions(Settings permissions) {
    for (String name : TokenEndpoints.PERMISSIONS) {
      if (permissions.has(name)) {
        builder.permission(name, permissions.texts(name).toArray(String[]::new));
      }
    }
  }
}
