package io.sallyport.authprovider.token.internal.jws;

/** The algorithms that tokens are signed with here; their names are those of RFC 7518 section 3 and RFC 8037. */
public enum JwsAlgorithm {
  /** HMAC with SHA-256. */
  HS256("HS256"),
  /** HMAC with SHA-384. */
  HS384("HS384"),
  /** HMAC with SHA-512. */
  HS512("HS512"),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256"),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256"),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256"),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384"),
  /** Ed25519. */
  EDDSA("EdDSA");

  private final String header;

  JwsAlgorithm(String header) {
    this.header = header;
  }

  /** What {@code alg} says in the header of a token and in a JWK. */
  public String header() {
    return header;
  }

  /** Whether whoever can verify can sign as well. */
  public boolean isSymmetric() {
    return this == HS256 || this == HS384 || this == HS512;
  }
}
