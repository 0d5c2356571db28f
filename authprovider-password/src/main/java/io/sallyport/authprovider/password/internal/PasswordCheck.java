package io.sallyport.authprovider.password.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.Credential;
import io.sallyport.api.Evidence;
import io.sallyport.api.Secret;
import io.sallyport.api.Subject;
import io.sallyport.authprovider.password.internal.ChecksUnderWay.Check;
import io.sallyport.authprovider.password.internal.Claim.OfNobody;
import io.sallyport.authprovider.password.internal.Claim.OfUser;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a password of a claimed user, in one order for everybody: the attempt is counted, then what is
 * remembered is asked, then the check is made at its full cost, and only then is it looked at who it was.
 *
 * <p>A password that is remembered as right needs no attempt where the counters have nothing against it: clients that
 * send it with each request would otherwise have many attempts under way, and be too many for each other.
 *
 * <p>Who presents what somebody else is presenting right now waits for that check instead of making one, and
 * is not counted again: equal guesses are one guess.
 *
 * <p><b>Security.</b> Unknown, inactive and locked users, those without a password, and wrong passwords cost
 * one check each, count the same, and get the same answer after the same time. An account that is locked is
 * so for the right password, too; but as an attempt counts as a failure while it is under way, the right
 * password makes it ask once more when its check has ended, since by then the others may have turned out
 * to be none. What it learns then it tells nobody: the answer to a right password that is refused is that to
 * a wrong one.
 */
final class PasswordCheck implements AutoCloseable {

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  /** Whom a leader left without an answer gets another try, and no more. */
  private static final int ROUNDS = 2;

  private final LoginAttempts attempts;
  private final CredentialKeys keys;
  private final VerifiedCredentials verified;
  private final PasswordComputation computation;
  private final HashUpgrades upgrades;
  private final Moments moments;
  private final ChecksUnderWay underWay;

  PasswordCheck(
      LoginAttempts attempts,
      CredentialKeys keys,
      VerifiedCredentials verified,
      PasswordComputation computation,
      HashUpgrades upgrades,
      Moments moments) {
    this.attempts = attempts;
    this.keys = keys;
    this.verified = verified;
    this.computation = computation;
    this.upgrades = upgrades;
    this.moments = moments;
    this.underWay = new ChecksUnderWay(moments.ticker());
  }

  /** One request's claim, and what it is known by while it is judged. */
  private record Case(
      Claim claim, Secret password, CredentialKey key, AuthenticationRequest request) {

    String client() {
      return request.clientNetwork();
    }
  }

  /**
   * Judges.
   *
   * @throws UnavailableException if it cannot be told now
   */
  AuthenticationResult judge(Claim claim, Secret password, AuthenticationRequest request) {
    Case asked = new Case(claim, password, claim.key(keys, password), request);
    for (int round = 1; round <= ROUNDS; round++) {
      Optional<AuthenticationResult> result = judge(asked);
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new UnavailableException(
        "the check of a password that others wait for, too, came to nothing", RETRY_SOON, null);
  }

  /** Empty if the check was another's, and came to nothing. */
  private Optional<AuthenticationResult> judge(Case asked) {
    // asked first for everybody, so that its time tells nothing of the password
    if (attempts.isSettled(asked.claim.account(), asked.client()) && isRemembered(asked)) {
      return Optional.of(accepted(asked));
    }
    try (OpenAttempt attempt = begin(asked)) {
      if (attempt.standing() == Standing.THROTTLED) {
        return Optional.of(new Throttled(attempt.retryAfter(), asked.claim.name()));
      }
      if (attempt.standing() == Standing.ADMITTED && isRemembered(asked)) {
        attempt.succeeded();
        return Optional.of(accepted(asked));
      }
      try (Check check = underWay.enter(asked.key, attempt.isFamiliar())) {
        return check.isLed()
            ? Optional.of(lead(asked, attempt, check))
            : follow(asked, attempt, check);
      }
    }
  }

  private boolean isRemembered(Case asked) {
    return asked.claim.isFit() && verified.contains(asked.key);
  }

  private OpenAttempt begin(Case asked) {
    return OpenAttempt.begin(attempts, asked.claim.account(), asked.client());
  }

  private AuthenticationResult lead(Case asked, OpenAttempt attempt, Check check) {
    Moment began = moments.now();
    Computed<Verdict> found = computation.run(
        asked.claim,
        asked.password,
        new Caller(asked.client(), attempt.isFamiliar(), asked.request.remaining()));
    boolean accepted = isAccepted(asked, attempt, found);
    if (accepted) {
      learn(asked, began);
    }
    // those who follow look at the counters themselves, so first what counts here
    check.found(found);
    return accepted ? accepted(asked) : refused(asked, attempt.standing(), found);
  }

  private Optional<AuthenticationResult> follow(Case asked, OpenAttempt attempt, Check check) {
    // the one who leads is counted, and equal guesses are one guess
    attempt.close();
    return check
        .await(asked.request.remaining())
        .map(found -> isRight(asked, found)
                && check.isAdmitted(
                    asked.client(), asked.request.remaining(), () -> mayEnterNow(asked))
            ? accepted(asked)
            : refusedAndHeld(asked, attempt.standing(), found, check));
  }

  private Rejected refusedAndHeld(
      Case asked, Standing standing, Computed<Verdict> found, Check check) {
    Rejected refused = refused(asked, standing, found);
    check.withhold(refused.heldFor());
    return refused;
  }

  private boolean isAccepted(Case asked, OpenAttempt attempt, Computed<Verdict> found) {
    if (!isRight(asked, found)) {
      attempt.failed();
      return false;
    }
    if (attempt.standing() == Standing.ADMITTED) {
      attempt.succeeded();
      return true;
    }
    if (mayEnterNow(asked)) {
      attempt.close();
      return true;
    }
    attempt.failed();
    return false;
  }

  private static boolean isRight(Case asked, Computed<Verdict> found) {
    return found.value() == Verdict.VERIFIED && asked.claim.isFit();
  }

  /**
   * Asks the counters, since the password is known to be right. A refusal must not tell anything of that, so
   * it counts nothing here: who leads a check has counted it, as for a wrong password.
   */
  private boolean mayEnterNow(Case asked) {
    try (OpenAttempt again = begin(asked)) {
      if (again.standing() == Standing.ADMITTED) {
        again.succeeded();
        return true;
      }
      return false;
    }
  }

  private void learn(Case asked, Moment began) {
    if (asked.claim instanceof OfUser known
        && known.user().credential() instanceof Credential.Stored stored) {
      verified.remember(asked.key, began);
      upgrades.consider(known, stored.hash(), asked.password, began);
    }
  }

  private AuthenticationResult accepted(Case asked) {
    OfUser known = (OfUser) asked.claim;
    return new Authenticated(
        new Subject.StoreUser(known.store().name(), known.user()),
        Evidence.of("basic", moments.wall().instant())
            .withClaimedName(known.name())
            .asCounted());
  }

  /** The reason and the detail are for the operator alone, and do not tell him if the password was right. */
  private Rejected refused(Case asked, Standing standing, Computed<Verdict> found) {
    Reason reason = reason(asked.claim, standing, found.value());
    String name = asked.claim.name();
    return new Rejected(
        reason,
        "authentication of user " + Quoted.of(name) + " failed",
        name,
        computation.heldFor(found));
  }

  private static Reason reason(Claim claim, Standing standing, Verdict verdict) {
    if (standing != Standing.ADMITTED) {
      return Reason.LOCKED;
    }
    if (claim instanceof OfNobody || verdict == Verdict.UNKNOWN) {
      return Reason.UNKNOWN_USER;
    }
    if (claim.isFit()) {
      // or right, and locked by the time that this was known
      return verdict == Verdict.WRONG ? Reason.WRONG_CREDENTIALS : Reason.LOCKED;
    }
    return ((OfUser) claim).user().active() ? Reason.LOCKED : Reason.INACTIVE;
  }

  /** Drops what is remembered, and what waits. */
  @Override
  public void close() {
    computation.close();
    upgrades.close();
    verified.clear();
  }
}
