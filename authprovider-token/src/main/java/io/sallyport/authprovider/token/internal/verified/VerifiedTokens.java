package io.sallyport.authprovider.token.internal.verified;

import io.sallyport.spi.Settings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers tokens whose signatures were right, by their digests, so that the next request with the same one
 * need not compute that again. Whatever may change is checked at each use by whoever asks.
 *
 * <p>Each digest may be in one of eight places. Room is made by a token that has ended, by another one of the same
 * user, or by the one that ends first: so whoever makes many tokens of one user pushes out few of others.
 *
 * <p><b>Threads.</b> Takes no lock. Of two that remember at once, one may be forgotten.
 *
 * @param <T> what is remembered of each
 */
public final class VerifiedTokens<T extends Remembered> {

  private static final int PLACES = 8;
  private static final int USUAL_ENTRIES = 10_000;
  private static final int MAX_ENTRIES = 1_000_000;

  private final AtomicReferenceArray<@Nullable Entry<T>> table;
  private final int groups;
  private final TokenDigests digests = new TokenDigests();

  private record Entry<T extends Remembered>(TokenDigest digest, T token) {}

  /**
   * An empty memory.
   *
   * @param entries how many are remembered at most, rounded up to a multiple of eight; none if 0
   */
  public VerifiedTokens(int entries) {
    this.groups = (entries + PLACES - 1) / PLACES;
    this.table = new AtomicReferenceArray<>(groups * PLACES);
  }

  /** A memory as {@code cache} says: {@code off}, or a mapping with {@code max_entries}. */
  public static <T extends Remembered> VerifiedTokens<T> read(Settings settings) {
    if (settings.has("cache") && settings.isText("cache")) {
      if (!settings.text("cache").equals("off")) {
        settings.reject("cache", "expected off, or a mapping with max_entries");
      }
      return new VerifiedTokens<>(0);
    }
    long entries = settings
        .optionalSection("cache")
        .map(cache -> cache.integer("max_entries", USUAL_ENTRIES, 1, MAX_ENTRIES))
        .orElse((long) USUAL_ENTRIES);
    return new VerifiedTokens<>((int) entries);
  }

  /** What is to be asked for, and remembered under; empty if nothing is remembered. */
  public Optional<TokenDigest> digest(String token) {
    return groups == 0 ? Optional.empty() : Optional.of(digests.of(token));
  }

  /** What is remembered under a digest; neither its end nor its key has been looked at. */
  public Optional<T> find(TokenDigest digest) {
    int first = firstPlace(digest);
    for (int i = first; i < first + PLACES; i++) {
      Entry<T> entry = table.get(i);
      if (entry != null && entry.digest.equals(digest)) {
        return Optional.of(entry.token);
      }
    }
    return Optional.empty();
  }

  /** Remembers a token that was right at an instant. */
  public void remember(TokenDigest digest, T token, Instant now) {
    Entry<T> entry = new Entry<>(digest, token);
    table.set(placeFor(entry, now), entry);
  }

  private int placeFor(Entry<T> entry, Instant now) {
    int first = firstPlace(entry.digest);
    int best = first;
    int bestRank = Integer.MAX_VALUE;
    for (int i = first; i < first + PLACES; i++) {
      Entry<T> other = table.get(i);
      int rank = rank(entry, other, now);
      if (rank < bestRank || (rank == bestRank && endsBefore(other, table.get(best)))) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  /** The less, the sooner a place is taken. */
  private static int rank(Entry<?> entry, @Nullable Entry<?> other, Instant now) {
    if (other == null) {
      return 1;
    }
    if (other.digest.equals(entry.digest)) {
      return 0;
    }
    if (!now.isBefore(other.token.endsAt())) {
      return 2;
    }
    return other.token.holder().equals(entry.token.holder()) ? 3 : 4;
  }

  private static boolean endsBefore(@Nullable Entry<?> one, @Nullable Entry<?> other) {
    return one != null && other != null && one.token.endsAt().isBefore(other.token.endsAt());
  }

  /** The bits that the hash code is not made of, spread over the groups. */
  private int firstPlace(TokenDigest digest) {
    return (int) Math.multiplyHigh(digest.second() >>> 1, (long) groups << 1) * PLACES;
  }

  /** How many are held, for tests. */
  public int size() {
    int size = 0;
    for (int i = 0; i < table.length(); i++) {
      size += table.get(i) == null ? 0 : 1;
    }
    return size;
  }

  /** Forgets all. */
  public void clear() {
    for (int i = 0; i < table.length(); i++) {
      table.set(i, null);
    }
  }
}
