package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was ended before its time, as far as this node knows. It only ever learns: nothing is forgotten that is still
 * in the database, nor what may end a token that has not ended by itself.
 *
 * <p>Safe for threads.
 */
final class Revocations {

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

  boolean isEnded(TokenDetails token, TokenOwner owner) {
    if (ended.containsKey(token.id())
        || token.parent().filter(ended::containsKey).isPresent()) {
      return true;
    }
    Cutoff cutoff = cutoffs.get(owner);
    return cutoff != null && token.issuedAt().isBefore(cutoff.issuedBefore());
  }

  /** All that a database holds. */
  static final class Found {
    private final Set<String> ids = new HashSet<>();
    private final Set<TokenOwner> owners = new HashSet<>();

    void add(String id) {
      ids.add(id);
    }

    void add(TokenOwner owner) {
      owners.add(owner);
    }
  }

  /** Forgets what the database holds no more and what ends no token any more that has not ended by itself. */
  void forget(Found stillThere, Instant endedBefore) {
    ended
        .entrySet()
        .removeIf(entry ->
            entry.getValue().isBefore(endedBefore) && !stillThere.ids.contains(entry.getKey()));
    cutoffs
        .entrySet()
        .removeIf(entry -> entry.getValue().until().isBefore(endedBefore)
            && !stillThere.owners.contains(entry.getKey()));
  }

  private static Instant later(Instant one, Instant two) {
    return one.isBefore(two) ? two : one;
  }
}
