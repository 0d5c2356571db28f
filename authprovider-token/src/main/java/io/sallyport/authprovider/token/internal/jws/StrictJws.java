package io.sallyport.authprovider.token.internal.jws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.sallyport.api.AuthenticationResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Opens JSON Web Signatures in the compact form that are signed with one key by HMAC with SHA-256.
 * Nothing of the payload is looked at before the signature was found right, in a time that does not
 * depend on where it differs.
 */
public final class StrictJws {

  /** The most characters that are looked at; what is longer was not made here. */
  public static final int MAX_LENGTH = 8 * 1024;

  private final MACVerifier verifier;
  private final HeaderPolicy headers;

  /** Opens what one key has signed. */
  public StrictJws(MACVerifier verifier, HeaderPolicy headers) {
    this.verifier = verifier;
    this.headers = headers;
  }

  /** The payload of a token whose form, header and signature are right. */
  public Verdict<byte[]> open(String token) {
    if (token.length() > MAX_LENGTH) {
      return Verdict.refused(Reason.AMBIGUOUS, "token longer than " + MAX_LENGTH + " characters");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return Verdict.malformed("not three parts with dots between them");
    }
    Optional<byte[]> payload = Base64Url.decode(token.substring(first + 1, second));
    String signature = token.substring(second + 1);
    if (payload.isEmpty() || Base64Url.decode(signature).isEmpty()) {
      return Verdict.malformed("payload and signature must be base64url in its only spelling");
    }
    Optional<String> fault = headers.fault(token.substring(0, first));
    if (fault.isPresent()) {
      return Verdict.malformed(fault.get());
    }
    return isSigned(token.substring(0, second), signature)
        ? Verdict.accepted(payload.get())
        : Verdict.refused(Reason.WRONG_CREDENTIALS, "invalid token: wrong signature");
  }

  private boolean isSigned(String signed, String signature) {
    try {
      // our own header goes in, not the token's: the algorithm is not the token's to choose
      return verifier.verify(
          HeaderPolicy.HEADER,
          signed.getBytes(StandardCharsets.US_ASCII),
          new Base64URL(signature));
    } catch (JOSEException e) {
      throw new IllegalStateException("HMAC with SHA-256 is not to be had from this Java", e);
    }
  }
}
