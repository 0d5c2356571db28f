package io.sallyport.authprovider.token.internal.jws;

import static java.util.Objects.requireNonNull;

/**
 * What a signature was found right over.
 *
 * @param payload the octets that were signed; the reader's own
 * @param key the key that they were signed with
 * @param <K> the kind of keys
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and made for one reader
public record Opened<K extends VerificationKey>(byte[] payload, K key) {
  public Opened {
    requireNonNull(payload, "payload");
    requireNonNull(key, "key");
  }
}
