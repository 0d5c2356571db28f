package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.UnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the providers in their configured order until one answers {@code Authenticated}, and checks what
 * all of them have in common: the user is active and not locked, the credential has not ended.
 */
public final class AuthenticationChain implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationChain.class);

  private final List<ProviderEntry> entries;
  private final List<ProviderEntry> publicEntries;
  private final List<ProviderEntry> internalEntries;
  private final Set<ProviderEntry> ofConnection;
  private final Set<Integer> internalPorts;
  private final CredentialFields fields;
  private final boolean challengesTheKnown;
  private final InstantSource clock;
  private final @Nullable LoginAttempts locks;

  /**
   * A chain.
   *
   * @param profile tells whether a request with credentials of two kinds is refused, and whether whoever may not is
   *     told how to authenticate
   * @param internalPorts the local ports on which the entries for internal callers are asked, and no others
   * @param locks tells the accounts whose users are refused whatever they present; null if there are none
   */
  public AuthenticationChain(
      List<ProviderEntry> entries,
      Profile profile,
      Set<Integer> internalPorts,
      InstantSource clock,
      @Nullable LoginAttempts locks) {
    this.entries = List.copyOf(entries);
    this.publicEntries =
        entries.stream().filter(entry -> entry.isAskedOn(false)).toList();
    this.internalEntries =
        entries.stream().filter(entry -> entry.isAskedOn(true)).toList();
    this.ofConnection = entries.stream()
        .filter(entry -> entry.provider().credentialHeaders().isEmpty())
        .collect(Collectors.toUnmodifiableSet());
    this.internalPorts = Set.copyOf(internalPorts);
    this.fields = CredentialFields.of(entries, !profile.isCloudify());
    this.challengesTheKnown = profile == Profile.CLOUDIFY_3;
    this.clock = clock;
    this.locks = locks;
  }

  /** The names of the header fields in which some provider looks for its credential. */
  List<String> credentialFields() {
    return fields.names();
  }

  /** Whether a request has a header field in which some provider looks for its credential. */
  public boolean hasCredentials(AuthenticationRequest request) {
    return fields.anyIn(request);
  }

  /** Whether a request came in on an internal port, by the socket and by nothing that was sent. */
  boolean isInternal(AuthenticationRequest request) {
    return !internalPorts.isEmpty() && internalPorts.contains(request.local().getPort());
  }

  private List<ProviderEntry> entriesFor(AuthenticationRequest request) {
    return isInternal(request) ? internalEntries : publicEntries;
  }

  ChainResult authenticate(AuthenticationRequest request) {
    ChainTrail trail = new ChainTrail();
    ChainResult result = authenticate(request, trail);
    if (result instanceof ChainResult.Unknown) {
      trail.hold().await(request.remaining());
    }
    return result;
  }

  private ChainResult authenticate(AuthenticationRequest request, ChainTrail trail) {
    Optional<String> ambiguity = fields.ambiguity(request);
    if (ambiguity.isPresent()) {
      return trail.malformed(ambiguity.get());
    }
    boolean hasField = fields.isAnyThere(request);
    for (ProviderEntry entry : entriesFor(request)) {
      if (hasField && ofConnection.contains(entry)) {
        trail.addPassedOver(entry.name());
        continue;
      }
      AuthenticationResult result;
      try {
        result = checked(entry, entry.authenticate(request));
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        tell(entry, e);
        trail.addUnavailable(entry.name(), e);
        if (entry.options().onUnavailable() == ProviderEntry.Then.STOP) {
          break;
        }
        continue;
      }
      trail.add(entry.name(), result);
      if (result instanceof Authenticated authenticated) {
        return trail.known(Identity.of(entry.name(), authenticated));
      }
      if (isRefusal(result) && entry.options().onFailure() == ProviderEntry.Then.STOP) {
        break;
      }
    }
    return trail.unknown();
  }

  /** What another provider may know is no refusal, also where a refusal ends the chain. */
  private static boolean isRefusal(AuthenticationResult result) {
    return (result instanceof Rejected rejected && rejected.reason() != Reason.FOREIGN)
        || result instanceof Throttled;
  }

  /** One line a second where it is known what that means: anybody can make a queue overflow without end. */
  private static void tell(ProviderEntry entry, Throwable e) {
    if (e instanceof UnavailableException) {
      entry
          .unavailabilities()
          .next()
          .ifPresent(untold -> LOG.warn(
              "authentication provider {} cannot tell now: {} (not told since the last time: {})",
              entry.name(),
              e.getMessage(),
              untold));
      LOG.debug("why authentication provider {} cannot tell", entry.name(), e);
    } else {
      LOG.warn("authentication provider {} cannot tell who sent a request", entry.name(), e);
    }
  }

  /** Turns a genuine credential that must not be accepted any more into a rejection. */
  private AuthenticationResult checked(ProviderEntry entry, AuthenticationResult result) {
    if (!(result instanceof Authenticated authenticated)) {
      return result;
    }
    Evidence evidence = authenticated.evidence();
    if (evidence
        .restrictions()
        .notAfter()
        .filter(end -> !clock.instant().isBefore(end))
        .isPresent()) {
      return Rejected.of(Reason.EXPIRED, "the credential has ended");
    }
    if (authenticated.subject() instanceof Subject.StoreUser stored) {
      AuthenticationResult checked = checked(stored.user(), authenticated);
      return checked instanceof Authenticated && isLockedOut(stored, evidence)
          ? new Rejected(
              Reason.LOCKED,
              "failed logins have locked the account",
              evidence.claimedName().orElse(stored.user().name()))
          : checked;
    }
    if (!entry.options().externalUsers()) {
      return Rejected.of(
          Reason.UNKNOWN_USER,
          "the subject is in no userstore, and the entry does not say users: external");
    }
    return evidence.stampCheck().isEmpty()
        ? result
        : Rejected.of(
            Reason.UNKNOWN_USER, "the credential is bound to a stamp, and the subject has none");
  }

  /** A provider that counts has judged that itself, with the client that it came from. */
  private boolean isLockedOut(Subject.StoreUser stored, Evidence evidence) {
    return locks != null
        && !evidence.isCounted()
        && locks.isLocked(Account.of(stored.store(), stored.user()));
  }

  private static AuthenticationResult checked(User user, Authenticated authenticated) {
    Evidence evidence = authenticated.evidence();
    // the very name that a wrong password would be refused with
    String claimed = evidence.claimedName().orElse(user.name());
    if (!user.active()) {
      return new Rejected(Reason.INACTIVE, "the user is deactivated", claimed);
    }
    if (user.locked()) {
      return new Rejected(Reason.LOCKED, "the user is locked", claimed);
    }
    boolean ended = evidence
        .stampCheck()
        .filter(check -> !check.matches(user.securityStamp()))
        .isPresent();
    return ended
        ? new Rejected(Reason.REVOKED, "the user's password or state has changed since", claimed)
        : authenticated;
  }

  /** What all providers tell a caller whom none of them knows. */
  List<Challenge> challenges(AuthenticationRequest request) {
    List<Challenge> challenges = new ArrayList<>();
    for (ProviderEntry entry : entriesFor(request)) {
      try {
        challenges.addAll(entry.provider().challenges(request));
      } catch (RuntimeException | LinkageError e) {
        // a refusal stays a refusal, with or without the advice that goes with it
        LOG.warn("authentication provider {} has no challenge", entry.name(), e);
      }
    }
    return challenges;
  }

  /** The first generation answers 401 to whoever is known and may not; nobody else sees a challenge there. */
  List<Challenge> challengesOfTheKnown(AuthenticationRequest request) {
    return challengesTheKnown ? challenges(request) : List.of();
  }

  @Override
  public void close() {
    entries.forEach(ProviderEntry::close);
  }
}
