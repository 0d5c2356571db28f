package io.sallyport.authprovider.token.internal.verified;

import java.time.Instant;

/** What a token whose signature was right says, without the token. One instance serves all threads. */
public interface Remembered {

  /** Whose it is, by equality: who has many pushes out the own ones. */
  Object holder();

  /** The first instant at which it is no longer good. */
  Instant endsAt();
}
