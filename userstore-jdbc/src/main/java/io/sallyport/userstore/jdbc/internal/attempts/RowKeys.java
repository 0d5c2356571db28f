package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempts.Account;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which rows count what, by a key that only the database has: nobody outside can choose names or clients that share
 * one, and from the rows alone nobody can tell what was typed in the place of a name, which may be a password.
 *
 * <p>Each user has a row. Names that nobody has share some, clients others, of which there are so many that they
 * hardly ever meet: so a flood of inventions is bounded, and nothing that counts is forgotten for it.
 *
 * <p>Safe for threads.
 */
final class RowKeys {

  /** Names that nobody has share so many rows. */
  static final int NAME_BITS = 16;

  /** Clients share so many rows. */
  static final int CLIENT_BITS = 20;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte OF_CLIENT = 1;
  private static final byte OF_USER = 2;
  private static final byte OF_NAME = 3;

  private final SecretKeySpec key;

  RowKeys(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** A client, as it is told from others within the row of an account. */
  record Client(long high, long low) {

    /** Its row: less is enough where it is not about letting somebody in. */
    RowKey row() {
      return RowKey.of(OF_CLIENT, (int) (low & ((1 << CLIENT_BITS) - 1)));
    }
  }

  Client client(String network) {
    ByteBuffer digest = digest(OF_CLIENT, network);
    return new Client(digest.getLong(), digest.getLong());
  }

  RowKey account(Account account) {
    if (account.store() == null) {
      int shared = digest(OF_NAME, account.key()).getInt() & ((1 << NAME_BITS) - 1);
      return RowKey.of(OF_NAME, shared);
    }
    ByteBuffer digest = digest(OF_USER, account.store(), account.key());
    return RowKey.of(OF_USER, digest.getLong(), digest.getLong());
  }

  /** Each text stands behind its length, so that no two lists of texts are the same. */
  private ByteBuffer digest(byte kind, String... texts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(kind);
      for (String each : texts) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * each.length());
        bytes.putInt(each.length());
        bytes.asCharBuffer().put(each);
        mac.update(bytes.array());
      }
      return ByteBuffer.wrap(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
