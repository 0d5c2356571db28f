package io.sallyport.authprovider.token.internal.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.jws.VerificationKeys;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of somebody else: RFC 7517 section 5. Keys for other things than signatures that are
 * accepted here are left out, and so is every key that is not as it must be.
 *
 * @param keys the keys by what tokens call them
 * @param skipped why keys were left out, for the log; nothing secret, and no more than a few
 */
public record JwkSet(Map<String, VerificationKey> keys, List<String> skipped)
    implements VerificationKeys<VerificationKey> {

  /** More than this no issuer has, and nobody wants to remember. */
  private static final int MAX_KEYS = 100;

  private static final int MAX_KEY_ID = 256;

  public JwkSet {
    keys = Map.copyOf(keys);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads a set.
   *
   * @param accepted the algorithms that keys may have; symmetric ones never count
   * @throws IllegalArgumentException if the text is no set at all
   */
  public static JwkSet read(String json, Set<JwsAlgorithm> accepted, Signatures signatures) {
    List<?> elements = elements(json);
    if (elements.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "the JWK Set has " + elements.size() + " keys, and at most " + MAX_KEYS + " are read");
    }
    var reading = new Reading(accepted, signatures);
    elements.forEach(reading::add);
    return new JwkSet(reading.keys, reading.skipped);
  }

  private static List<?> elements(String json) {
    try {
      if (JSONObjectUtils.parse(json).get("keys") instanceof List<?> list) {
        return list;
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException("the JWK Set is not a JSON object", e);
    }
    throw new IllegalArgumentException("the JWK Set has no list of keys");
  }

  @Override
  public Optional<VerificationKey> find(@Nullable String keyId) {
    return keyId == null ? Optional.empty() : Optional.ofNullable(keys.get(keyId));
  }

  private static final class Reading {

    private final Set<JwsAlgorithm> accepted;
    private final Signatures signatures;
    private final Map<String, VerificationKey> keys = new LinkedHashMap<>();
    private final Set<String> seen = new TreeSet<>();
    private final List<String> skipped = new ArrayList<>();

    Reading(Set<JwsAlgorithm> accepted, Signatures signatures) {
      this.accepted = accepted;
      this.signatures = signatures;
    }

    void add(@Nullable Object element) {
      int number = seen.size() + skipped.size() + 1;
      try {
        add(jwk(element));
      } catch (IllegalArgumentException e) {
        skipped.add("key " + number + " " + e.getMessage());
      }
    }

    private void add(Jwk jwk) {
      // first of all: who publishes a private key has lost it, whatever else it says
      refuseIf(jwk.isPrivate(), "shows its private half, so nobody may trust it");
      refuseIf(
          jwk.text("use").filter(use -> !use.equals("sig")).isPresent(), "is not for signatures");
      refuseIf(!mayVerify(jwk), "is not for verification, as its key_ops say");
      JwsAlgorithm algorithm = jwk.algorithm(accepted)
          .filter(candidate -> !candidate.isSymmetric())
          .orElseThrow(() ->
              new IllegalArgumentException("is of a type or for an algorithm not accepted here"));
      var key = jwk.publicKey(algorithm);
      String keyId = jwk.text("kid").orElseGet(() -> PublicJwk.of(key).thumbprint());
      refuseIf(
          keyId.isEmpty() || keyId.length() > MAX_KEY_ID, "has a kid without end or without any");
      PublicVerificationKey verifying = PublicVerificationKey.of(keyId, algorithm, key, signatures);
      if (!seen.add(keyId)) {
        keys.remove(keyId);
        throw new IllegalArgumentException("has the kid of another one; neither is used");
      }
      keys.put(keyId, verifying);
    }

    private static boolean mayVerify(Jwk jwk) {
      Object operations = jwk.members().get("key_ops");
      return operations == null || (operations instanceof List<?> list && list.contains("verify"));
    }

    @SuppressWarnings("unchecked") // the names of JSON members are texts
    private static Jwk jwk(@Nullable Object element) {
      if (element instanceof Map<?, ?> members) {
        return new Jwk((Map<String, Object>) members);
      }
      throw new IllegalArgumentException("is not a JSON object");
    }

    private static void refuseIf(boolean bad, String fault) {
      if (bad) {
        throw new IllegalArgumentException(fault);
      }
    }
  }
}
