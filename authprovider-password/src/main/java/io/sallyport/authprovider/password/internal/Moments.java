package io.sallyport.authprovider.password.internal;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Tells the time by both clocks.
 *
 * @param ticker {@link System#nanoTime}, or what stands for it in a test
 * @param wall the application's clock
 */
record Moments(LongSupplier ticker, InstantSource wall) {

  static Moments by(InstantSource wall) {
    return new Moments(System::nanoTime, wall);
  }

  Moment now() {
    return new Moment(ticker.getAsLong(), wall.millis());
  }
}
