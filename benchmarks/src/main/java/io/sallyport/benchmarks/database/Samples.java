package io.sallyport.benchmarks.database;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Tokens as an application makes them. */
public final class Samples {

  private static final int TOKENS_OF_ONE = 10;

  private Samples() {}

  /** Whose the token with a number is: ten are one user's. */
  public static TokenOwner owner(int number) {
    return new TokenOwner("main", "" + (number / TOKENS_OF_ONE + 1));
  }

  /** A token for a program, of ninety days. */
  public static StoredToken stored(String id, int number) {
    return builder(TokenKind.STORED, id, number)
        .description("deployment " + number)
        .build();
  }

  /** A refresh token, of a family of its own. */
  public static StoredToken refresh(String id, int number) {
    return builder(TokenKind.REFRESH, id, number).familyId("family-" + id).build();
  }

  private static StoredToken.Builder builder(TokenKind kind, String id, int number) {
    return StoredToken.builder(kind, id, owner(number), "user" + number / TOKENS_OF_ONE, now())
        .secretHash("v1:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        .stampMac(new byte[16])
        .expiresAt(now().plus(Duration.ofDays(90)));
  }

  /** What a signed token of ten minutes tells. */
  public static TokenDetails signed(String id) {
    return new TokenDetails(TokenKind.SIGNED, id, null, now(), now().plus(Duration.ofMinutes(10)));
  }

  /** Sees to it that what is measured finds something. */
  public static void require(Optional<?> found) {
    if (found.isEmpty()) {
      throw new IllegalStateException("not found, though it is there");
    }
  }

  /** The present, as exactly as a database keeps it. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
