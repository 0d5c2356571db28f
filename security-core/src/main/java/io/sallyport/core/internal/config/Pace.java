package io.sallyport.core.internal.config;

import java.time.Duration;

/**
 * How fast files are followed.
 *
 * @param look how long nobody looks at a file at most
 * @param quiet how long a file must not have changed before it is read, so that nothing half-written is
 * @param midLine how long if it ends in the middle of a line, as a file does that was cut off, and as some
 *     editors leave it
 * @param patience after which time it is read although it never comes to rest
 * @param again when to try again what has failed for another reason than its content
 */
record Pace(Duration look, Duration quiet, Duration midLine, Duration patience, Duration again) {

  static final Pace USUAL = new Pace(
      Duration.ofMillis(500),
      Duration.ofMillis(150),
      Duration.ofMillis(400),
      Duration.ofSeconds(5),
      Duration.ofSeconds(30));

  /** When to look again at a file that has changed and is not at rest. */
  Duration soon() {
    Duration third = quiet.dividedBy(3);
    return third.compareTo(look) < 0 ? third : look;
  }
}
