package io.sallyport.userstore.jdbc.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

  private static final long PAUSE = Availability.PAUSE.toNanos();

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Availability availability = new Availability("main", now::get);

  @Test
  void isThereAtFirst() {
    assertThat(availability.isThere()).isTrue();
    assertThat(availability.mayTry()).isFalse();
  }

  @Test
  void isTriedAtOnceByOneAfterALostConnection() {
    availability.suspect();

    assertThat(availability.isThere()).isFalse();
    assertThat(availability.mayTry()).isTrue();
    assertThat(availability.mayTry()).isFalse();
  }

  @Test
  void isTriedAgainAfterAPauseOnly() {
    availability.suspect();
    availability.mayTry();
    availability.lost("gone");

    now.addAndGet(PAUSE - 1);
    boolean before = availability.mayTry();
    now.addAndGet(1);
    boolean then = availability.mayTry();

    assertThat(before).isFalse();
    assertThat(then).isTrue();
  }

  @Test
  void isEverybodysOnceItIsReached() {
    availability.suspect();
    availability.mayTry();
    availability.lost("gone");
    now.addAndGet(PAUSE);
    availability.mayTry();
    availability.reached();

    assertThat(availability.isThere()).isTrue();
  }

  @Test
  void isTriedByAnotherWhenATryLastsTooLong() {
    availability.suspect();
    availability.mayTry();

    now.addAndGet(Availability.LONGEST_TRY.toNanos() - 1);
    boolean before = availability.mayTry();
    now.addAndGet(1);
    boolean then = availability.mayTry();

    assertThat(before).isFalse();
    assertThat(then).isTrue();
  }

  @Test
  void isTriedAtOnceWhenATryHasShownNothing() {
    availability.suspect();
    availability.mayTry();
    availability.unknown();

    assertThat(availability.isThere()).isFalse();
    assertThat(availability.mayTry()).isTrue();
  }

  @Test
  void thoseWhoWereLateChangeNothingOfAPause() {
    availability.suspect();
    availability.mayTry();
    availability.lost("gone");

    availability.suspect();

    assertThat(availability.mayTry()).isFalse();
  }
}
