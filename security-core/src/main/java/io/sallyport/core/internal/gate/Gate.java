package io.sallyport.core.internal.gate;

import io.sallyport.api.Authorization;
import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.rules.AccessRule;
import io.sallyport.core.internal.rules.AccessRules;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.Reading.Canonical;
import io.sallyport.core.internal.rules.Reading.Refused;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on requests. {@link #decide} is the whole way of a request; whatever is not an explicit yes on
 * it is a no.
 *
 * <p>Knows nothing of servlets, so that it can be tested, measured and asked «what if» without a container.
 */
public final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final List<EntryCheck> entryChecks;
  private final AccessRules rules;
  private final AuthenticationChain chain;
  private final CallerCheck callerCheck;
  private final CredentialScope credentials;
  private final TenantResolver tenants;
  private final @Nullable AuthorizationProvider authorization;
  private final @Nullable AuditSink audit;
  private final InstantSource clock;
  private final SparingReports unavailabilities = new SparingReports(System::nanoTime);

  /**
   * A gate.
   *
   * @param entryChecks what is settled about the connection before a rule is looked up, in this order
   * @param callerCheck what is settled about a known caller before anybody asks what they may
   * @param credentials what the presented credentials are good for at most
   * @param authorization speaks beside the rules; null if only the rules speak
   * @param audit null if decisions are not written down
   */
  public Gate(
      List<EntryCheck> entryChecks,
      AccessRules rules,
      AuthenticationChain chain,
      CallerCheck callerCheck,
      CredentialScope credentials,
      TenantResolver tenants,
      @Nullable AuthorizationProvider authorization,
      @Nullable AuditSink audit,
      InstantSource clock) {
    this.entryChecks = List.copyOf(entryChecks);
    this.rules = rules;
    this.chain = chain;
    this.callerCheck = callerCheck;
    this.credentials = credentials;
    this.tenants = tenants;
    this.authorization = authorization;
    this.audit = audit;
    this.clock = clock;
  }

  /** Decides on one dispatch of a request, and writes the decision down before it takes effect. */
  public Decision decide(GateRequest request) {
    Reading reading = request.reading();
    Decision.Builder decision = begin(request, reading);
    try {
      for (EntryCheck check : entryChecks) {
        check.addHeaders(request, decision);
      }
      if (reading instanceof Refused refused) {
        return recorded(decision, Outcome.MALFORMED, refused.why());
      }
      Target target = ((Canonical) reading).target();
      Optional<EntryCheck.Verdict> settled = settle(request, target, decision);
      if (settled.isPresent()) {
        return recorded(decision, settled.get().outcome(), settled.get().reason());
      }
      AccessRule rule = rules.match(target);
      decision.rule(rule.source());
      // on an internal port nobody is nobody, whatever is open
      if (rule.access() instanceof Access.Open && !mayDeny(target) && !chain.isInternal(request)) {
        // nobody is asked, but what an earlier dispatch has found out stays known
        request.knownIdentity().ifPresent(decision::identity);
        return recorded(decision, Outcome.OPEN, "an open rule");
      }
      Optional<Identity> known = request.knownIdentity();
      if (known.isPresent()) {
        return decideFor(known.get(), request, target, rule, decision);
      }
      ChainResult caller = chain.authenticate(request);
      decision.attempts(caller.attempts());
      if (caller instanceof ChainResult.Known found) {
        return decideFor(found.identity(), request, target, rule, decision);
      }
      return refused((ChainResult.Unknown) caller, request, decision);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return unavailable(request, decision, e);
    }
  }

  private Decision.Builder begin(GateRequest request, Reading reading) {
    boolean isRead = reading instanceof Canonical;
    return Decision.builder(
        request.id(),
        clock.instant(),
        request.dispatch(),
        isRead ? ((Canonical) reading).method() : request.rawMethod(),
        isRead ? ((Canonical) reading).target().path() : request.rawTarget(),
        request.remoteAddress());
  }

  private Optional<EntryCheck.Verdict> settle(
      GateRequest request, Target target, Decision.Builder decision) {
    for (EntryCheck check : entryChecks) {
      Optional<EntryCheck.Verdict> verdict = check.judge(request, target, decision);
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return Optional.empty();
  }

  private boolean mayDeny(Target target) {
    return authorization != null && authorization.mayDeny(target);
  }

  private Decision decideFor(
      Identity identity,
      GateRequest request,
      Target target,
      AccessRule rule,
      Decision.Builder decision) {
    decision.identity(identity);
    Optional<String> foreignSender = callerCheck.foreignSender(request, target, identity);
    if (foreignSender.isPresent()) {
      // no challenge: a browser must not ask its user for a password because of somebody else's
      // page
      return recorded(decision.crossSite(), Outcome.FORBIDDEN, foreignSender.get());
    }
    TenantResolver.Resolution resolution =
        tenants.resolve(request, identity, rule.tenantRequired());
    if (resolution instanceof TenantResolver.Resolution.Refused refused) {
      return forbidden(request, decision.tenant(refused.named()), refused.why());
    }
    String tenant = ((TenantResolver.Resolution.Found) resolution).tenant();
    decision.tenant(tenant);
    Optional<String> outOfScope = credentials.refusal(identity, target);
    if (outOfScope.isPresent()) {
      return forbidden(request, decision, outOfScope.get());
    }
    Authorization byRule = byRule(identity, tenant, rule);
    if (!(byRule instanceof Authorization.Allowed)) {
      return forbidden(request, decision, byRule.reason());
    }
    if (authorization == null) {
      return recorded(decision, Outcome.ALLOWED, byRule.reason());
    }
    Authorization byProvider = authorization.decide(identity, tenant, target);
    boolean allowed = byProvider instanceof Authorization.Allowed
        // an open rule needs nobody's yes, but it does not overcome a no
        || (rule.access() instanceof Access.Open && byProvider instanceof Authorization.NotAllowed);
    return allowed
        ? recorded(decision, Outcome.ALLOWED, byProvider.reason())
        : forbidden(request, decision, byProvider.reason());
  }

  private Decision forbidden(GateRequest request, Decision.Builder decision, String reason) {
    return recorded(
        decision.challenges(chain.challengesOfTheKnown(request)), Outcome.FORBIDDEN, reason);
  }

  private static Authorization byRule(Identity identity, @Nullable String tenant, AccessRule rule) {
    Access access = rule.access();
    if (access instanceof Access.Roles needed) {
      Set<String> held = identity.roles(tenant);
      return needed.anyOf().stream()
          .filter(held::contains)
          .findFirst()
          .<Authorization>map(role -> new Authorization.Allowed("role " + role + " by rule"))
          .orElseGet(() -> new Authorization.NotAllowed("none of the roles that the rule names"));
    }
    return access instanceof Access.Open || access instanceof Access.Authenticated
        ? new Authorization.Allowed("any authenticated caller by rule")
        : new Authorization.Denied("denied by rule");
  }

  private Decision refused(
      ChainResult.Unknown caller, GateRequest request, Decision.Builder decision) {
    decision.claimedName(caller.claimedName());
    if (caller.retryAfter() != null) {
      decision.retryAfter(caller.retryAfter());
    }
    if (caller.outcome() == Outcome.UNAUTHENTICATED) {
      decision.challenges(chain.challenges(request));
    }
    return recorded(decision, caller.outcome(), caller.reason());
  }

  private Decision unavailable(GateRequest request, Decision.Builder decision, Throwable e) {
    if (e instanceof UnavailableException) {
      // happens to each request while a part is down
      unavailabilities
          .next()
          .ifPresent(untold -> LOG.error(
              "decision {} could not be made: {} (not told since the last time: {})",
              request.id(),
              e.getMessage(),
              untold));
      LOG.debug("why decision {} could not be made", request.id(), e);
    } else {
      LOG.error("decision {} could not be made", request.id(), e);
    }
    Duration retryAfter =
        e instanceof UnavailableException known ? known.retryAfter() : RETRY_AFTER;
    return recorded(
        decision.retryAfter(retryAfter), Outcome.UNAVAILABLE, "a part of the gate failed");
  }

  private Decision recorded(Decision.Builder builder, Outcome outcome, String reason) {
    Decision decision = builder.end(outcome, reason);
    if (audit == null) {
      return decision;
    }
    try {
      audit.record(decision);
      return decision;
    } catch (RuntimeException | LinkageError e) {
      LOG.error(
          "decision {} ({}) could not be written to the audit log: {}",
          decision.id(),
          outcome,
          e.toString());
      LOG.debug("why decision {} could not be written", decision.id(), e);
      // nothing passes unrecorded; what is refused anyway stays refused as it was
      return outcome.passes()
          ? builder
              .retryAfter(RETRY_AFTER)
              .end(Outcome.UNAVAILABLE, "the audit log cannot be written")
          : decision;
    }
  }
}
