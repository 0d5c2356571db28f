package io.sallyport.core.internal.gate;

import io.sallyport.api.Attempt;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the providers said so far, and what follows if no more is said. */
final class ChainTrail {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final List<Attempt> attempts = new ArrayList<>();
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
  private final Hold hold = new Hold();
  private @Nullable String claimedName;
  private @Nullable Duration unavailableFor;
  private @Nullable Duration throttledFor;

  void add(String provider, AuthenticationResult result) {
    if (result instanceof Rejected rejected) {
      attempts.add(new Attempt(provider, word(rejected.reason()), rejected.detail()));
      reasons.add(rejected.reason());
      hold.extend(rejected.heldFor());
      claim(rejected.claimedName());
    } else if (result instanceof Throttled throttled) {
      attempts.add(new Attempt(provider, "throttled", "too many failures from this client"));
      throttledFor = longest(throttledFor, throttled.retryAfter());
      claim(throttled.claimedName());
    } else {
      attempts.add(new Attempt(
          provider, result instanceof Authenticated ? "authenticated" : "not_presented", ""));
    }
  }

  private static Duration longest(@Nullable Duration known, Duration other) {
    return known == null || known.compareTo(other) < 0 ? other : known;
  }

  /** Until when the answer is withheld if nobody knows the caller. */
  Hold hold() {
    return hold;
  }

  private void claim(@Nullable String name) {
    if (claimedName == null) {
      claimedName = name;
    }
  }

  void addPassedOver(String provider) {
    attempts.add(new Attempt(
        provider,
        "not_presented",
        "what a header field holds goes before the credential of the connection"));
  }

  void addUnavailable(String provider, Throwable e) {
    attempts.add(
        new Attempt(provider, "unavailable", e instanceof UnavailableException ? message(e) : ""));
    unavailableFor = e instanceof UnavailableException known ? known.retryAfter() : RETRY_AFTER;
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? "" : message;
  }

  ChainResult known(Identity identity) {
    return new ChainResult.Known(identity, attempts);
  }

  ChainResult malformed(String reason) {
    return unknown(Outcome.MALFORMED, reason, null);
  }

  ChainResult unknown() {
    if (unavailableFor != null) {
      return unknown(
          Outcome.UNAVAILABLE, "a provider cannot tell who the caller is", unavailableFor);
    }
    if (reasons.contains(Reason.AMBIGUOUS)) {
      return unknown(Outcome.MALFORMED, "the credentials can be read in more ways than one", null);
    }
    if (throttledFor != null) {
      return unknown(Outcome.THROTTLED, "too many failures from this client", throttledFor);
    }
    return unknown(
        Outcome.UNAUTHENTICATED,
        reasons.isEmpty() ? "no credentials" : "all authentication methods failed",
        null);
  }

  private ChainResult unknown(Outcome outcome, String reason, @Nullable Duration retryAfter) {
    return new ChainResult.Unknown(outcome, reason, attempts, claimedName, retryAfter);
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
