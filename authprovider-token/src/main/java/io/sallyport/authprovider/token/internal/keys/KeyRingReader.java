package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code keys.yaml} once, and notes all that is wrong with it. */
final class KeyRingReader {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
  /** A thumbprint may begin with a dash. */
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  private static final String IDENTITY = "sallyport key identity 1";
  static final String NAMES = Arrays.stream(JwsAlgorithm.values())
      .map(JwsAlgorithm::header)
      .collect(Collectors.joining(", "));

  private final Signatures signatures;
  private final Instant now;
  private final Duration lifetime;
  private final Set<String> keyIds = new HashSet<>();
  private final Map<Secret, String> materials = new HashMap<>();

  KeyRingReader(Signatures signatures, Instant now, Duration lifetime) {
    this.signatures = signatures;
    this.now = now;
    this.lifetime = lifetime;
  }

  RingSnapshot read(Settings file) {
    List<RingKey> keys = new ArrayList<>();
    boolean all = true;
    for (Settings entry : file.sections("keys")) {
      Optional<RingKey> key = key(entry);
      key.ifPresent(keys::add);
      all &= key.isPresent();
    }
    materials.keySet().forEach(Secret::close);
    RingSnapshot ring = new RingSnapshot(all ? keys : List.of());
    if (all) {
      judge(ring, file);
    }
    return ring;
  }

  private void judge(RingSnapshot ring, Settings file) {
    if (ring.isEmpty()) {
      file.reject("keys", "expected at least one key; make one with the keys command");
    } else if (ring.signs(now).isEmpty()) {
      file.reject("no key signs now (" + now + "): each begins later or has reached its sign_until;"
          + " make one with the keys command");
    } else if (ring.hasGapAfter(now)) {
      LOG.warn(
          "From {} on no key signs tokens until the next begins, and nobody gets one meanwhile; let that"
              + " begin before.",
          ring.coveredUntil(now));
    }
  }

  /** An entry; empty if it will not do, which has been noted then. */
  private Optional<RingKey> key(Settings entry) {
    Optional<String> keyId = entry.optionalText("kid");
    Optional<JwsAlgorithm> algorithm = algorithm(entry);
    Secret text = entry.secret("key");
    Optional<Instant> notBefore = time(entry, "not_before", Instant.EPOCH);
    Optional<Instant> signUntil = time(entry, "sign_until", Instant.MAX);
    Optional<Instant> verifyUntil =
        time(entry, "verify_until", signUntil.map(KeyRingReader::afterlife).orElse(Instant.MAX));
    boolean named = isName(entry, keyId);
    if (!named
        || algorithm.isEmpty()
        || !entry.has("key")
        || notBefore.isEmpty()
        || signUntil.isEmpty()
        || verifyUntil.isEmpty()) {
      return Optional.empty();
    }
    return material(entry, keyId, algorithm.get(), text)
        .map(key -> new RingKey(key, notBefore.get(), signUntil.get(), verifyUntil.get()))
        .filter(key -> isInOrder(entry, key));
  }

  private static Instant afterlife(Instant signUntil) {
    return signUntil.equals(Instant.MAX) ? signUntil : signUntil.plus(RingKey.AFTERLIFE);
  }

  private static Optional<JwsAlgorithm> algorithm(Settings entry) {
    String name = entry.text("algorithm");
    Optional<JwsAlgorithm> found = Arrays.stream(JwsAlgorithm.values())
        .filter(algorithm -> algorithm.header().equals(name))
        .findFirst();
    if (found.isEmpty()) {
      entry.reject("algorithm", "expected one of " + NAMES);
    }
    return found;
  }

  private static boolean isName(Settings entry, Optional<String> keyId) {
    if (keyId.isPresent() && !KEY_ID.matcher(keyId.get()).matches()) {
      entry.reject(
          "kid", "expected 1 to 64 letters, digits, dots, dashes and underscores, such as 2027-01");
      return false;
    }
    return true;
  }

  private static Optional<Instant> time(Settings entry, String key, Instant fallback) {
    Optional<String> text = entry.optionalText(key);
    if (text.isEmpty()) {
      return Optional.of(fallback);
    }
    try {
      return Optional.of(parsed(text.get()));
    } catch (DateTimeException e) {
      entry.reject(
          key,
          "expected a time such as 2027-01-31T12:00:00Z, or a date, which begins at"
              + " midnight UTC");
      return Optional.empty();
    }
  }

  static Instant parsed(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
        : OffsetDateTime.parse(text).toInstant();
  }

  private Optional<TokenKey> material(
      Settings entry, Optional<String> keyId, JwsAlgorithm algorithm, Secret text) {
    try {
      TokenKey key = new KeyMaterial(algorithm, signatures).read(keyId, text.revealText());
      return isNew(entry, key) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException e) {
      entry.reject("key", "this key " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isNew(Settings entry, TokenKey key) {
    if (!KEY_ID.matcher(key.keyId()).matches()) {
      entry.reject(
          "kid",
          "the JWK's own kid will not do; give the entry one of 1 to 64 letters,"
              + " digits, dots, dashes and underscores, and take it out of the JWK");
      return false;
    }
    if (!keyIds.add(key.keyId())) {
      entry.reject("kid", "another key is called so; every key needs a kid of its own");
      return false;
    }
    Secret identity = key.derivedKey(IDENTITY);
    for (Map.Entry<Secret, String> known : materials.entrySet()) {
      if (known.getKey().matches(identity)) {
        entry.reject(
            "key",
            "this key is the same as that of " + known.getValue()
                + "; one key has one kid and one algorithm, so make a new one with the keys command");
        return false;
      }
    }
    materials.put(identity, key.keyId());
    return true;
  }

  private boolean isInOrder(Settings entry, RingKey key) {
    if (!key.signUntil().isAfter(key.notBefore())) {
      entry.reject("sign_until", "expected a time after not_before");
      return false;
    }
    if (key.verifyUntil().isBefore(key.signUntil())) {
      entry.reject(
          "verify_until",
          "expected a time not before sign_until, so that tokens signed last"
              + " are accepted at all");
      return false;
    }
    if (!key.signUntil().equals(Instant.MAX)
        && Duration.between(key.signUntil(), key.verifyUntil()).compareTo(lifetime) < 0) {
      LOG.warn(
          "{}: verify_until is less than {} s after sign_until, so tokens that are signed last with the key"
              + " {} end early; move verify_until to a later time.",
          entry.location(),
          lifetime.toSeconds(),
          key.key().keyId());
    }
    return true;
  }
}
