package io.sallyport.core.internal.audit;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Credential;
import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Decisions to write down. */
final class Decisions {

  static final Instant TIME = Instant.parse("2026-11-23T12:34:56.7894Z");

  static final String STORED_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g";

  private Decisions() {}

  static Decision.Builder request(long number) {
    return request(number, "GET", "/status");
  }

  static Decision.Builder request(long number, String method, String path) {
    return Decision.builder(
        new DecisionId("p7", number, 0), TIME, Dispatch.REQUEST, method, path, "192.0.2.7");
  }

  static Identity identity(String name) {
    return identity(name, Evidence.of("basic", TIME));
  }

  static Identity identity(String name, Evidence evidence) {
    User user = User.builder("u-1", name)
        .credential(new Credential.Stored(Secret.ofText(STORED_HASH)))
        .roles(Set.of("viewer"))
        .attributes(Map.of("email", "alice@example.org"))
        .build(SecurityStamp.of("u-1", new byte[] {1}, true, null));
    return Identity.of("password", new Authenticated(new StoreUser("main", user), evidence));
  }
}
