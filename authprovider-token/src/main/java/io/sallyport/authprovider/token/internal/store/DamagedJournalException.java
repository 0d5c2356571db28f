package io.sallyport.authprovider.token.internal.store;

import java.io.IOException;

/** A journal cannot be read as it is; the message says where, why, and what to do. */
final class DamagedJournalException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedJournalException(String message) {
    super(message);
  }
}
