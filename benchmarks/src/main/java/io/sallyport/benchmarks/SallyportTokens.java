package io.sallyport.benchmarks;

import com.nimbusds.jose.jwk.JWK;
import java.util.Map;

/** Sallyport with signed tokens of its own, and a store in memory that knows which were revoked. */
final class SallyportTokens {

  private static final String SECURITY = """
      version: 1
      token_store: {implementation: memory}
      userstore:
        implementation: file
        properties: {path: users.yaml}
      authentication_providers:
        - {name: password, implementation: password}
        - {name: token, implementation: token, properties: {keys: keys.yaml%s}}
      token_generator: {implementation: token, properties: {keys: keys.yaml, expires_in_seconds: 86400}}
      rules:
        - {path: /public/**, access: open}
        - {path: /**, roles: [%s]}
      audit: {file: audit.log, level: critical}
      """;

  private static final String KEYS = """
      keys:
        - {kid: %s, algorithm: %s, key: '%s', not_before: 2026-01-01T00:00:00Z}
      """;

  private SallyportTokens() {}

  /** Starts it, and takes a token from it with the password of the first user. */
  static TokenPeer start(TokenAlgorithm algorithm, JWK key, boolean remembered) {
    Accounts accounts = Accounts.of(1);
    String users = "users:\n  - {username: user0, roles: [%s], password: \"%s\"}\n"
        .formatted(Accounts.ROLE, accounts.hash());
    SallyportPeer peer = SallyportPeer.start(
        SECURITY.formatted(remembered ? "" : ", cache: off", Accounts.ROLE),
        Map.of(
            "users.yaml",
            users,
            "keys.yaml",
            KEYS.formatted(TokenAlgorithm.KEY_ID, algorithm, key.toJSONString())));
    return new TokenPeer(peer, peer.tokenOf("user0"));
  }
}
