package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.Evidence;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.TokenDetails;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.verified.Remembered;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature was found right, with all that can be said of it whatever the time and the state of
 * its user. It has neither the token nor anything that it could be made from.
 */
public final class VerifiedToken implements Remembered {

  private static final String METHOD = "token";

  private final TokenContent content;
  private final TokenKey key;
  private final TokenDetails details;
  private final Evidence evidence;

  /** That it is right is computed once for as long as the user's stamp stays the same. */
  private volatile @Nullable SecurityStamp matched;

  VerifiedToken(ReadToken token) {
    this.content = token.content();
    this.key = token.key();
    this.details = content.details();
    // not the token's own end: that is checked at each use, and the next token may end later
    this.evidence = Evidence.of(METHOD, content.signedInAt())
        .neverSentByBrowsers()
        .withRestrictions(content.restrictions())
        .withToken(details)
        .withStampCheck(this::isStamp);
  }

  @Override
  public Object holder() {
    return content.owner();
  }

  @Override
  public Instant endsAt() {
    return content.expiresAt();
  }

  TokenContent content() {
    return content;
  }

  TokenDetails details() {
    return details;
  }

  Evidence evidence() {
    return evidence;
  }

  /** Whether what it is signed with is still that key, and in force. */
  boolean isKeyIn(TokenKeys keys) {
    String name = key.keyId().isEmpty() ? null : key.keyId();
    return keys.find(name).filter(current -> current == key).isPresent();
  }

  private boolean isStamp(SecurityStamp current) {
    if (current.equals(matched)) {
      return true;
    }
    try (Secret stampKey = key.derivedKey(TokenKey.STAMP)) {
      boolean matches = MessageDigest.isEqual(content.stampMac(), current.mac(stampKey));
      if (matches) {
        matched = current;
      }
      return matches;
    }
  }
}
