package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was ended before its time, as far as this node knows. Safe for threads. */
final class Revocations {

  /** How long what could be forgotten is kept, so that a clock that is put right brings nothing back. */
  static final Duration GRACE = Duration.ofHours(1);

  private final Map<String, Instant> ended = new ConcurrentHashMap<>();
  private final Map<TokenOwner, Cutoff> cutoffs = new ConcurrentHashMap<>();

  /** What was issued before an instant is ended, and until when that must be known. */
  private record Cutoff(Instant issuedBefore, Instant until) {}

  void add(String id, Instant until) {
    ended.merge(id, until, Revocations::later);
  }

  void add(TokenOwner owner, Instant issuedBefore, Instant until) {
    cutoffs.merge(
        owner,
        new Cutoff(issuedBefore, until),
        (one, two) -> new Cutoff(
            later(one.issuedBefore(), two.issuedBefore()), later(one.until(), two.until())));
  }

  /** Whether a revocation would add nothing to what is known. */
  boolean has(String id, Instant until) {
    Instant known = ended.get(id);
    return known != null && !known.isBefore(until);
  }

  /** Whether a revocation would add nothing to what is known. */
  boolean has(TokenOwner owner, Instant issuedBefore, Instant until) {
    Cutoff known = cutoffs.get(owner);
    return known != null
        && !known.issuedBefore().isBefore(issuedBefore)
        && !known.until().isBefore(until);
  }

  boolean isEnded(TokenDetails token, TokenOwner owner) {
    if (ended.containsKey(token.id())
        || token.parent().filter(ended::containsKey).isPresent()) {
      return true;
    }
    Cutoff cutoff = cutoffs.get(owner);
    return cutoff != null && token.issuedAt().isBefore(cutoff.issuedBefore());
  }

  /** Forgets what ends tokens that have ended by themselves long ago. */
  void forget(Instant now) {
    Instant before = now.minus(GRACE);
    ended.values().removeIf(until -> until.isBefore(before));
    cutoffs.values().removeIf(cutoff -> cutoff.until().isBefore(before));
  }

  private static Instant later(Instant one, Instant two) {
    return one.isBefore(two) ? two : one;
  }
}
