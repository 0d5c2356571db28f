package io.sallyport.benchmarks;

import com.nimbusds.jose.jwk.JWK;

/** A peer that takes bearer tokens, and a good token for it. */
record TokenPeer(Peer peer, String token) implements AutoCloseable {

  /** The libraries, each with the settings that it is measured with. */
  enum Kind {
    /** Sallyport, to which the token is new each time: it remembers none. */
    SALLYPORT_FIRST,
    /** Sallyport as it is by default, which has verified the token a moment ago. */
    SALLYPORT_REPEATED,
    SPRING,
    SHIRO;

    TokenPeer start(TokenAlgorithm algorithm) {
      JWK key = algorithm.newKey();
      return switch (this) {
        case SALLYPORT_FIRST -> SallyportTokens.start(algorithm, key, false);
        case SALLYPORT_REPEATED -> SallyportTokens.start(algorithm, key, true);
        case SPRING -> new TokenPeer(SpringTokenPeer.start(algorithm, key), algorithm.tokenBy(key));
        case SHIRO -> new TokenPeer(ShiroTokenPeer.start(algorithm, key), algorithm.tokenBy(key));
      };
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
