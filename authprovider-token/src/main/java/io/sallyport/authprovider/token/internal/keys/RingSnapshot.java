package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of one file as it was read once. */
final class RingSnapshot {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  private static final Duration WARNED_BEFORE = Duration.ofDays(14);
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final List<RingKey> keys;
  private final Map<String, RingKey> byId;
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Keys with different names. */
  RingSnapshot(List<RingKey> keys) {
    this.keys = keys.stream().sorted(Comparator.comparing(RingKey::notBefore)).toList();
    this.byId = keys.stream()
        .collect(Collectors.toUnmodifiableMap(entry -> entry.key().keyId(), Function.identity()));
  }

  Optional<TokenKey> find(@Nullable String keyId, Instant now) {
    RingKey found = keyId == null ? null : byId.get(keyId);
    return found != null && found.verifiesAt(now) ? Optional.of(found.key()) : Optional.empty();
  }

  /** The key with the latest beginning of those that sign. */
  Optional<TokenKey> signs(Instant now) {
    RingKey latest = null;
    for (RingKey entry : keys) {
      latest = entry.signsAt(now) ? entry : latest;
    }
    return Optional.ofNullable(latest).map(RingKey::key);
  }

  TokenKey signing(Instant now) {
    TokenKey key = signs(now)
        .orElseThrow(() -> new UnavailableException(
            "no key of keys.yaml signs now; add one, with the keys command for instance",
            ASK_AGAIN,
            null));
    warnOfTheEnd(now);
    return key;
  }

  private void warnOfTheEnd(Instant now) {
    Instant end = coveredUntil(now);
    if (end.isBefore(now.plus(WARNED_BEFORE)) && !warned.getAndSet(true)) {
      LOG.warn(
          "No key signs tokens any more from {} on, and from then on nobody gets one; add a key that begins"
              + " before, with the keys command for instance.",
          end);
    }
  }

  /** The first instant from now on at which no key signs. */
  Instant coveredUntil(Instant now) {
    Instant covered = now;
    for (RingKey entry : keys) {
      if (!entry.notBefore().isAfter(covered) && entry.signUntil().isAfter(covered)) {
        covered = entry.signUntil();
      }
    }
    return covered;
  }

  /** Whether a key begins only after a time in which none signs. */
  boolean hasGapAfter(Instant now) {
    Instant covered = coveredUntil(now);
    return keys.stream().anyMatch(entry -> entry.notBefore().isAfter(covered));
  }

  String publicKeys(Instant now) {
    return keys.stream()
        .filter(entry -> entry.isPublishedAt(now))
        .map(entry -> published((PrivateTokenKey) entry.key()))
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  private static String published(PrivateTokenKey key) {
    return PublicJwk.of(key.publicHalf().publicKey()).json(key.keyId(), key.algorithm());
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }
}
