package io.sallyport.authprovider.token.internal.store;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenOwner;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that happens to what a store holds, decided already: the same everywhere and each time. */
sealed interface Change {

  /** How many entries of the store it is about, so that one can tell how much of a journal is garbage. */
  default int weight() {
    return 1;
  }

  /** There is a token, as it is. */
  record Saved(StoredToken token) implements Change {}

  /** These tokens are gone. */
  record Deleted(List<String> ids) implements Change {
    public Deleted {
      ids = List.copyOf(ids);
    }

    @Override
    public int weight() {
      return ids.size();
    }
  }

  /** A refresh token is used up. */
  record Consumed(String id, Instant at) implements Change {}

  /** A token, a family or all children of a token are ended. */
  record Revoked(String id, Instant until) implements Change {}

  /** Everything of an owner that was issued before an instant is ended. */
  record AllRevoked(TokenOwner owner, Instant issuedBefore, Instant until) implements Change {}

  /** Tokens were used. */
  record Touched(Map<String, Instant> lastUsed) implements Change {
    public Touched {
      lastUsed = Map.copyOf(lastUsed);
    }

    @Override
    public int weight() {
      return lastUsed.size();
    }
  }
}
