package io.sallyport.examples.manager;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** A folder with a configuration and three users, each with the password {@code NAME's password}. */
record ConfigurationFolder(Path path) {

  private static final Map<String, String> HASHES = Map.of(
      "alice",
      hash("alice's password"),
      "dora",
      hash("dora's password"),
      "victor",
      hash("victor's password"));

  static final String SECURITY = """
      version: 1
      userstore: {implementation: file, properties: {path: users.yaml}}
      authentication_providers:
        - {name: password, implementation: password}
        - {name: token, implementation: token, properties: {secret_key: '${file:token.key}'}}
      token_generator:
        {implementation: token, properties: {secret_key: '${file:token.key}', expires_in_seconds: 600}}
      authorization: {implementation: roles, properties: {path: roles.yaml}}
      open_endpoints: [GET /version, GET /ok]
      endpoints: {tokens: /tokens}
      audit: {file: logs/audit.log}
      """;

  static final String ROLES = """
      administrator: {allow: {'*': ['*']}}
      deployer: {allow: {'*': ['*']}, deny: {'*': [DELETE]}}
      viewer: {allow: {'*': [GET], /tokens: [POST]}}
      """;

  /** The same with tokens of each kind: signed ones at /tokens, stored ones at /api-tokens. */
  static ConfigurationFolder withTokensIn(Path path) throws IOException {
    ConfigurationFolder folder = in(path);
    folder.writePrivate("api-token.key", key());
    folder.configure("version: 1\n", """
        version: 1
        token_store: {implementation: file, properties: {path: tokens.journal}}
        permissions: {manage_others_tokens: [administrator], introspect_tokens: [administrator]}
        """);
    folder.configure("token_generator:\n", """
          - {name: api, implementation: api_token, properties: {secret_key: '${file:api-token.key}'}}
        token_generators:
          - name: api
            implementation: api_token
            properties: {secret_key: '${file:api-token.key}'}
          - name: session
            implementation: token
            properties: {secret_key: '${file:token.key}', expires_in_seconds: 600, refresh_tokens: true}
        """);
    folder.configure(
        "  {implementation: token, properties: {secret_key: '${file:token.key}', expires_in_seconds: 600}}\n",
        "");
    folder.configure("endpoints: {tokens: /tokens}", """
        endpoints:
          tokens:
            - {path: /tokens, generator: session}
            - {path: /api-tokens, generator: api}
          token_revocation: /tokens/revoke
          token_introspection: /tokens/introspect
        """);
    folder.write("roles.yaml", """
        administrator: {allow: {'*': ['*']}}
        deployer: {allow: {'*': ['*']}, deny: {'/blueprints/*': [DELETE]}}
        viewer: {allow: {'*': [GET], /tokens: [POST], '/tokens/*': [POST], '/api-tokens/*': [POST, DELETE]}}
        """);
    return folder;
  }

  /** The same with users, tokens and failed logins in a PostgreSQL, and nobody there yet. */
  static ConfigurationFolder onDatabase(Path path, String jdbcUrl) throws IOException {
    ConfigurationFolder folder = withTokensIn(path);
    folder.configure(
        "userstore: {implementation: file, properties: {path: users.yaml}}",
        """
        database:
          implementation: jdbc
          properties: {jdbc_url: '%s', username: postgres, max_connections: 4}
        userstore: {implementation: jdbc, properties: {create_schema: true}}
        login_attempts: {implementation: jdbc, properties: {create_schema: true, client_failures: -1}}
        """.formatted(jdbcUrl));
    folder.configure(
        "{implementation: file, properties: {path: tokens.journal}}",
        "{implementation: jdbc, properties: {create_schema: true}}");
    return folder;
  }

  static ConfigurationFolder in(Path path) throws IOException {
    var folder = new ConfigurationFolder(path);
    folder.write("security.yaml", SECURITY);
    folder.write("roles.yaml", ROLES);
    folder.write("users.yaml", users());
    folder.writePrivate("token.key", key());
    return folder;
  }

  static String users() {
    return "users:\n"
        + user("alice", HASHES.get("alice"), "administrator")
        + user("dora", HASHES.get("dora"), "deployer")
        + user("victor", HASHES.get("victor"), "viewer");
  }

  static String user(String name, String hash, String role) {
    return "  - {username: %s, password: \"%s\", roles: [%s]}%n".formatted(name, hash, role);
  }

  static String hash(String password) {
    return PasswordHashes.argon2id().hash(Secret.ofText(password)).revealText();
  }

  private static String key() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  void write(String name, String content) {
    try {
      Files.writeString(file(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writePrivate(String name, String content) throws IOException {
    Files.deleteIfExists(file(name));
    Files.createFile(
        file(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file(name), content, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** As editors save: write beside it, then rename. */
  void replace(String name, String content) throws IOException {
    Path next = file(name + ".next");
    Files.writeString(next, content);
    Files.move(
        next, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same for a file that must be its owner's alone. */
  void replacePrivate(String name, String content) throws IOException {
    writePrivate(name + ".next", content);
    Files.move(
        file(name + ".next"),
        file(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Replaces a part of the security file that must be there. */
  void configure(String part, String replacement) throws IOException {
    String text = Files.readString(file("security.yaml"));
    if (!text.contains(part)) {
      throw new IllegalArgumentException("security.yaml does not contain " + part);
    }
    write("security.yaml", text.replace(part, replacement));
  }

  ManagerServer start(Container.Kind kind) throws CannotStartException {
    return ManagerServer.start(file("security.yaml"), kind, 0);
  }
}
