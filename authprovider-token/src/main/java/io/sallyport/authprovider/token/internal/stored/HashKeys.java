package io.sallyport.authprovider.token.internal.stored;

import java.util.Optional;

/** The keys of hashes that are in force: one that hashes what is new, and those that have hashed what is there. */
public interface HashKeys extends AutoCloseable {

  /**
   * The key for new tokens.
   *
   * @throws io.sallyport.spi.UnavailableException if there is none now
   */
  HashKey current();

  /** The key of a name, which comes out of a store. */
  Optional<HashKey> find(String name);

  /** Forgets the keys. */
  @Override
  void close();
}
