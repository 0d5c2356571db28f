package io.sallyport.userstore.file.internal;

import java.time.Duration;

/**
 * How often a file is written.
 *
 * @param pause how long it is left alone after it was written, at least
 * @param share and how many times as long as writing it took
 * @param patience how long somebody waits for the next writing
 * @param capacity how many replacements may wait for it
 */
record UpgradePace(Duration pause, int share, Duration patience, int capacity) {

  static final UpgradePace USUAL =
      new UpgradePace(Duration.ofSeconds(1), 10, Duration.ofSeconds(3), 10_000);

  /** How long the file is left alone after writing it took so long. */
  Duration after(Duration writing) {
    Duration rest = writing.multipliedBy(share);
    return rest.compareTo(pause) > 0 ? rest : pause;
  }
}
