package io.sallyport.authprovider.token.internal.store;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.store.Change.AllRevoked;
import io.sallyport.authprovider.token.internal.store.Change.Consumed;
import io.sallyport.authprovider.token.internal.store.Change.Deleted;
import io.sallyport.authprovider.token.internal.store.Change.Revoked;
import io.sallyport.authprovider.token.internal.store.Change.Saved;
import io.sallyport.authprovider.token.internal.store.Change.Touched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds.
 *
 * <p><b>Threads.</b> Read by all at any time without a lock; changed by one at a time, apart from {@link
 * #touch}. What a change ends is revoked before it is taken away, so that nobody sees it whole in between.
 */
final class TokenTable {

  /** How long what could be forgotten is kept, so that a clock that is put right brings nothing back. */
  static final Duration GRACE = Duration.ofHours(1);

  /**
   * How many used-up tokens of a family are kept, so that nobody fills the store by renewing. Enough for two hours
   * at the fastest that an owner may: a thief who renews in haste does not make the stolen one be forgotten
   * before its owner comes with it.
   */
  static final int USED_UP_OF_A_FAMILY = 1024;

  private static final Comparator<StoredToken> BY_USE =
      Comparator.comparing(token -> token.consumedAt().orElse(Instant.MAX));

  private final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
  private final Map<TokenOwner, Set<String>> owned = new ConcurrentHashMap<>();
  private final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  private final Map<TokenOwner, Cutoff> cutoffs = new ConcurrentHashMap<>();

  /** For whoever changes the table alone. */
  private final Map<String, List<String>> families = new HashMap<>();

  /** What was issued before an instant is ended, and until when that must be known. */
  private record Cutoff(Instant issuedBefore, Instant until) {}

  @Nullable
  StoredToken token(String id) {
    return tokens.get(id);
  }

  int size() {
    return tokens.size();
  }

  Collection<StoredToken> tokens() {
    return tokens.values();
  }

  /** An owner's tokens of all kinds. */
  List<StoredToken> tokensOf(TokenOwner owner) {
    List<StoredToken> found = new ArrayList<>();
    for (String id : owned.getOrDefault(owner, Set.of())) {
      StoredToken token = tokens.get(id);
      if (token != null) {
        found.add(token);
      }
    }
    return found;
  }

  boolean isRevoked(TokenDetails token, TokenOwner owner) {
    return isEnded(token.id(), token.parentId(), token.issuedAt(), owner);
  }

  /** Whether a token that is not kept yet was ended in the meantime. */
  boolean isEnded(StoredToken token) {
    return isEnded(token.id(), token.familyId().orElse(null), token.createdAt(), token.owner());
  }

  private boolean isEnded(String id, @Nullable String parent, Instant issuedAt, TokenOwner owner) {
    if (revoked.containsKey(id) || (parent != null && revoked.containsKey(parent))) {
      return true;
    }
    Cutoff cutoff = cutoffs.get(owner);
    return cutoff != null && issuedAt.isBefore(cutoff.issuedBefore());
  }

  /** Whether a revocation would add nothing to what is known. */
  boolean isKnown(Revoked change) {
    Instant until = revoked.get(change.id());
    return until != null && !until.isBefore(change.until());
  }

  /** Whether a revocation would add nothing to what is known. */
  boolean isKnown(AllRevoked change) {
    Cutoff cutoff = cutoffs.get(change.owner());
    return cutoff != null
        && !cutoff.issuedBefore().isBefore(change.issuedBefore())
        && !cutoff.until().isBefore(change.until());
  }

  void apply(Change change) {
    if (change instanceof Saved saved) {
      remove(saved.token().id());
      add(saved.token());
    } else if (change instanceof Deleted deleted) {
      deleted.ids().forEach(this::remove);
    } else if (change instanceof Consumed consumed) {
      tokens.computeIfPresent(
          consumed.id(),
          (id, token) -> token.toBuilder().consumedAt(consumed.at()).build());
    } else if (change instanceof Revoked one) {
      revoke(one);
    } else if (change instanceof AllRevoked all) {
      revokeAll(all);
    } else if (change instanceof Touched touched) {
      touch(touched.lastUsed());
    }
  }

  private void add(StoredToken token) {
    tokens.put(token.id(), token);
    owned
        .computeIfAbsent(token.owner(), owner -> ConcurrentHashMap.newKeySet(1))
        .add(token.id());
    token.familyId().ifPresent(family -> {
      List<String> members = families.computeIfAbsent(family, id -> new ArrayList<>(2));
      members.add(token.id());
      removeEldestOf(members);
    });
  }

  /** A token that was used up so long ago is unknown from now on, which is refused as well. */
  private void removeEldestOf(List<String> family) {
    if (family.size() > USED_UP_OF_A_FAMILY + 1) {
      family.stream()
          .map(tokens::get)
          .filter(token -> token != null && token.consumedAt().isPresent())
          .min(BY_USE)
          .ifPresent(eldest -> remove(eldest.id()));
    }
  }

  private void remove(String id) {
    StoredToken token = tokens.remove(id);
    if (token == null) {
      return;
    }
    owned.computeIfPresent(token.owner(), (owner, ids) -> {
      ids.remove(id);
      return ids.isEmpty() ? null : ids;
    });
    token
        .familyId()
        .ifPresent(family -> families.computeIfPresent(family, (key, members) -> {
          members.remove(id);
          return members.isEmpty() ? null : members;
        }));
  }

  private void revoke(Revoked change) {
    revoked.merge(change.id(), change.until(), TokenTable::later);
    remove(change.id());
    List.copyOf(families.getOrDefault(change.id(), List.of())).forEach(this::remove);
  }

  private void revokeAll(AllRevoked change) {
    Cutoff cutoff = cutoffs.merge(
        change.owner(),
        new Cutoff(change.issuedBefore(), change.until()),
        (one, two) -> new Cutoff(
            later(one.issuedBefore(), two.issuedBefore()), later(one.until(), two.until())));
    for (StoredToken token : tokensOf(change.owner())) {
      if (token.createdAt().isBefore(cutoff.issuedBefore())) {
        remove(token.id());
      }
    }
  }

  /** Notes uses. By any thread. */
  void touch(Map<String, Instant> lastUsed) {
    lastUsed.forEach((id, instant) -> tokens.computeIfPresent(
        id,
        (key, token) ->
            token.lastUsedAt().filter(known -> !known.isBefore(instant)).isPresent()
                ? token
                : token.toBuilder().lastUsedAt(instant).build()));
  }

  private static Instant later(Instant one, Instant two) {
    return one.isBefore(two) ? two : one;
  }

  /** The ids of tokens that have expired. */
  static List<String> expired(Collection<StoredToken> tokens, Instant now) {
    return tokens.stream()
        .filter(token -> token.hasExpired(now))
        .map(StoredToken::id)
        .toList();
  }

  /** Forgets what is of no use any more: revocations of what has ended by itself, and refresh tokens. */
  void forget(Instant now) {
    Instant before = now.minus(GRACE);
    Predicate<Instant> past = until -> until.isBefore(before);
    revoked.values().removeIf(past);
    cutoffs.values().removeIf(cutoff -> past.test(cutoff.until()));
    tokens.values().stream()
        .filter(token -> token.kind() == TokenKind.REFRESH && token.hasExpired(before))
        .toList()
        .forEach(token -> remove(token.id()));
  }

  /** How many entries there are, each of which is one change in {@link #forEachEntry}. */
  int entries() {
    return tokens.size() + revoked.size() + cutoffs.size();
  }

  /** Changes that make this table of an empty one. */
  void forEachEntry(Consumer<Change> action) {
    revoked.forEach((id, until) -> action.accept(new Revoked(id, until)));
    cutoffs.forEach((owner, cutoff) ->
        action.accept(new AllRevoked(owner, cutoff.issuedBefore(), cutoff.until())));
    tokens.values().forEach(token -> action.accept(new Saved(token)));
  }
}
