package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.Decision;
import io.sallyport.api.Evidence;
import io.sallyport.api.Profile;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.rules.AccessRule;
import io.sallyport.core.internal.rules.AccessRules;
import io.sallyport.core.internal.rules.Endpoint;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.LoginAttempts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gate with the parts that a test cares about, and all that it has written down. */
final class GateFixture {

  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  final List<Decision> written = new ArrayList<>();
  private final List<ProviderEntry> providers = new ArrayList<>();
  private final List<EntryCheck> entryChecks = new ArrayList<>();
  private final List<AccessRule> rules = new ArrayList<>();
  private Access whenNothingMatches = new Access.Authenticated();
  private TenantResolver tenants = TenantResolver.off();
  private @Nullable AuthorizationProvider authorization;
  private AuditSink audit = written::add;
  private CallerCheck callerCheck = (request, target, caller) -> Optional.empty();
  private final Set<Integer> internalPorts = new HashSet<>();
  private Profile profile = Profile.STANDARD;
  private CredentialScope credentials = new CredentialScope(Set.of());
  private @Nullable LoginAttempts locks;

  GateFixture provider(String name, AuthenticationProvider provider) {
    return provider(name, provider, ProviderEntry.Options.DEFAULT);
  }

  GateFixture provider(
      String name, AuthenticationProvider provider, ProviderEntry.Options options) {
    providers.add(new ProviderEntry(name, provider, options));
    return this;
  }

  GateFixture rule(String endpoint, Access access) {
    return rule(endpoint, access, false);
  }

  GateFixture rule(String endpoint, Access access, boolean tenantRequired) {
    Endpoint parsed = Endpoint.parse(endpoint);
    rules.add(new AccessRule(parsed.methods(), parsed.path(), access, tenantRequired, endpoint));
    return this;
  }

  GateFixture otherwise(Access access) {
    whenNothingMatches = access;
    return this;
  }

  GateFixture tenantHeader(String header) {
    tenants = TenantResolver.byHeader(header);
    return this;
  }

  GateFixture authorization(AuthorizationProvider provider) {
    authorization = provider;
    return this;
  }

  GateFixture entryCheck(EntryCheck check) {
    entryChecks.add(check);
    return this;
  }

  GateFixture callerCheck(CallerCheck check) {
    callerCheck = check;
    return this;
  }

  GateFixture audit(AuditSink sink) {
    audit = sink;
    return this;
  }

  GateFixture internalPort(int port) {
    internalPorts.add(port);
    return this;
  }

  GateFixture profile(Profile value) {
    profile = value;
    return this;
  }

  /** Tokens are made there. */
  GateFixture tokensAt(String... paths) {
    credentials = new CredentialScope(Set.of(paths));
    return this;
  }

  /** Locked accounts are locked for whatever is presented. */
  GateFixture locksApplyToAll(LoginAttempts attempts) {
    locks = attempts;
    return this;
  }

  Decision decide(GateRequest request) {
    InstantSource clock = InstantSource.fixed(NOW);
    return new Gate(
            entryChecks,
            AccessRules.of(rules, whenNothingMatches),
            new AuthenticationChain(providers, profile, internalPorts, clock, locks),
            callerCheck,
            credentials,
            tenants,
            authorization,
            audit,
            clock)
        .decide(request);
  }

  static User.Builder user(String name, String... roles) {
    return User.builder(name, name).roles(Set.of(roles));
  }

  static SecurityStamp stamp(String name) {
    return SecurityStamp.of(name, new byte[] {1}, true, null);
  }

  static Authenticated known(User user) {
    return known(user, Evidence.of("test", NOW));
  }

  static Authenticated known(User user, Evidence evidence) {
    return new Authenticated(new Subject.StoreUser("main", user), evidence);
  }

  /** A provider that knows users by the bare value of a header field. */
  static AuthenticationProvider byHeader(String field, Map<String, AuthenticationResult> answers) {
    return answering(
        field,
        request -> request
            .header(field)
            .map(value -> answers.getOrDefault(value, new NotPresented()))
            .orElseGet(NotPresented::new));
  }

  static AuthenticationProvider answering(
      String field, Function<AuthenticationRequest, AuthenticationResult> answer) {
    return new AuthenticationProvider() {
      @Override
      public AuthenticationResult authenticate(AuthenticationRequest request) {
        return answer.apply(request);
      }

      @Override
      public Set<String> credentialHeaders() {
        return Set.of(field);
      }
    };
  }
}
