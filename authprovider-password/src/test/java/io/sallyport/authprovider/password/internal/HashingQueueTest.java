package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.password.internal.HashingQueue.Admission;
import io.sallyport.authprovider.password.internal.HashingQueue.Standing;
import io.sallyport.authprovider.password.internal.hash.HashCost;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of sixteen places a client may hold four, and each kind of callers twelve. */
class HashingQueueTest {

  private static final int PLENTY = 1000;

  private final HashingQueue queue = queue(16);

  @Test
  void letsClientsTakeTurnsAndServesEachInItsOrder() {
    HashingJob<?> a1 = added(stranger("a"));
    HashingJob<?> a2 = added(stranger("a"));
    HashingJob<?> a3 = added(stranger("a"));
    HashingJob<?> b1 = added(stranger("b"));
    HashingJob<?> b2 = added(stranger("b"));
    HashingJob<?> c1 = added(stranger("c"));

    List<HashingJob<?>> served = serveAll();

    assertThat(served).isEqualTo(List.of(a1, b1, c1, a2, b2, a3));
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void putsAClientThatComesBackBehindThoseWhoWait() {
    HashingJob<?> a1 = added(stranger("a"));
    HashingJob<?> b1 = added(stranger("b"));
    HashingJob<?> first = queue.next(PLENTY);
    HashingJob<?> a2 = added(stranger("a"));

    List<HashingJob<?>> served = serveAll();

    assertThat(first).isSameAs(a1);
    assertThat(served).isEqualTo(List.of(b1, a2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesAClientAQuarterOfThePlacesAndNoMore(boolean familiar) {
    for (int i = 0; i < 4; i++) {
      added(job("a", familiar, 1));
    }

    Admission fifth = queue.add(job("a", familiar, 1));

    assertThat(fifth.standing()).isEqualTo(Standing.CLIENT_HOLDS_ITS_SHARE);
    assertThat(queue.size()).isEqualTo(4);
    queue.next(PLENTY);
    assertThat(queue.add(job("a", familiar, 1)).standing()).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void countsBothKindsOfAClientTogether() {
    added(familiar("a"));
    added(familiar("a"));
    added(stranger("a"));
    added(stranger("a"));

    Admission fifth = queue.add(stranger("a"));

    assertThat(fifth.standing()).isEqualTo(Standing.CLIENT_HOLDS_ITS_SHARE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesAClientOnePlaceOfAQueueWithoutQuarters(int places) {
    HashingQueue small = queue(places);

    assertThat(small.add(stranger("a")).standing()).isEqualTo(Standing.ADMITTED);
    assertThat(small.add(stranger("a")).standing()).isNotEqualTo(Standing.ADMITTED);
  }

  @Test
  void servesFamiliarCallersFirstButNotMoreThanThreeInARow() {
    HashingJob<?> stranger1 = added(stranger("x"));
    HashingJob<?> stranger2 = added(stranger("y"));
    List<HashingJob<?>> familiar = new ArrayList<>();
    for (String client : List.of("a", "b", "c", "d", "e")) {
      familiar.add(added(familiar(client)));
    }

    List<HashingJob<?>> served = serveAll();

    assertThat(served)
        .isEqualTo(List.of(
            familiar.get(0),
            familiar.get(1),
            familiar.get(2),
            stranger1,
            familiar.get(3),
            familiar.get(4),
            stranger2));
  }

  @Test
  void doesNotCountWhoWasServedWhileNoStrangerWaited() {
    for (int i = 0; i < 10; i++) {
      added(familiar("early" + i));
      queue.next(PLENTY);
    }
    HashingJob<?> stranger = added(stranger("x"));
    HashingJob<?> familiar = added(familiar("a"));

    List<HashingJob<?>> served = serveAll();

    assertThat(served).isEqualTo(List.of(familiar, stranger));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsAQuarterForTheOtherKindWhoeverFloods(boolean familiar) {
    for (int i = 0; i < 12; i++) {
      added(job("flood" + i, familiar, 1));
    }

    Admission thirteenth = queue.add(job("flood12", familiar, 1));

    assertThat(thirteenth.standing()).isEqualTo(Standing.FULL);
    for (int i = 0; i < 4; i++) {
      added(job("other" + i, !familiar, 1));
    }
    assertThat(queue.size()).isEqualTo(16);
    assertThat(queue.add(job("other4", !familiar, 1)).standing()).isNotEqualTo(Standing.ADMITTED);
  }

  @Test
  void givesAFamiliarCallerThePlaceOfTheNewestStrangerOfTheSameClient() {
    added(stranger("home"));
    added(stranger("home"));
    added(stranger("home"));
    HashingJob<?> newest = added(stranger("home"));

    Admission admission = queue.add(familiar("home"));

    assertThat(admission.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(admission.displaced().orElseThrow()).isSameAs(newest);
    assertThat(queue.size()).isEqualTo(4);
    assertThat(queue.add(stranger("home")).standing()).isNotEqualTo(Standing.ADMITTED);
  }

  @Test
  void displacesNoFamiliarCallerForAnotherOfTheSameClient() {
    for (int i = 0; i < 4; i++) {
      added(familiar("home"));
    }

    Admission fifth = queue.add(familiar("home"));

    assertThat(fifth.standing()).isEqualTo(Standing.CLIENT_HOLDS_ITS_SHARE);
  }

  @Test
  void letsFamiliarCallersNotPassTheirBoundByDisplacing() {
    for (int i = 0; i < 12; i++) {
      added(familiar("other" + i));
    }
    for (int i = 0; i < 4; i++) {
      added(stranger("home"));
    }

    Admission admission = queue.add(familiar("home"));

    assertThat(admission.standing()).isNotEqualTo(Standing.ADMITTED);
    assertThat(queue.size()).isEqualTo(16);
  }

  /** Three clients could else close the door to all others. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesANewcomerThePlaceOfTheNewestOfTheClientWhoHoldsMost(boolean familiar) {
    List<HashingJob<?>> newest = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      newest.clear();
      for (String greedy : List.of("a", "b", "c")) {
        newest.add(added(job(greedy, familiar, 1)));
      }
    }

    Admission admission = queue.add(job("honest", familiar, 1));

    assertThat(admission.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(newest).contains(admission.displaced().orElseThrow());
    assertThat(queue.size()).isEqualTo(12);
  }

  @Test
  void displacesOnlyWhereItMakesThePlacesMoreEqual() {
    for (int i = 0; i < 6; i++) {
      added(stranger("client" + i));
      added(stranger("client" + i));
    }

    Admission another = queue.add(stranger("client0"));
    Admission newcomer = queue.add(stranger("new"));
    Admission itsSecond = queue.add(stranger("new"));

    assertThat(another.standing()).as("two against two").isNotEqualTo(Standing.ADMITTED);
    assertThat(newcomer.displaced()).as("none against two").isPresent();
    assertThat(itsSecond.standing()).as("one against two").isNotEqualTo(Standing.ADMITTED);
  }

  @Test
  void displacesTheGreedyOfTheSameKindOnly() {
    for (int i = 0; i < 4; i++) {
      added(familiar("greedy"));
      for (String honest : List.of("a", "b", "c")) {
        added(stranger(honest + i));
      }
    }

    Admission stranger = queue.add(stranger("new"));

    assertThat(queue.size()).isEqualTo(16);
    assertThat(stranger.standing()).isNotEqualTo(Standing.ADMITTED);
  }

  @Test
  void letsTheOneWhoseTurnItIsWaitForMemory() {
    HashingJob<?> big = added(job("a", false, 64));
    HashingJob<?> small = added(job("b", false, 1));

    assertThat(queue.next(63)).isNull();
    assertThat(queue.next(63)).as("it is not overtaken").isNull();
    assertThat(queue.next(64)).isSameAs(big);
    assertThat(queue.next(1)).isSameAs(small);
    assertThat(queue.next(PLENTY)).isNull();
  }

  @Test
  void takesOutWhoGivesUpWhereverItStands() {
    HashingJob<?> a1 = added(stranger("a"));
    HashingJob<?> a2 = added(stranger("a"));
    HashingJob<?> a3 = added(stranger("a"));
    HashingJob<?> b1 = added(stranger("b"));

    assertThat(queue.remove(a2)).isTrue();
    assertThat(queue.remove(a2)).isFalse();
    assertThat(queue.remove(b1)).isTrue();

    assertThat(serveAll()).isEqualTo(List.of(a1, a3));
    assertThat(queue.remove(a1)).isFalse();
  }

  @Test
  void drainsAllWhateverTheyNeed() {
    HashingJob<?> stranger = added(job("a", false, Integer.MAX_VALUE));
    HashingJob<?> familiar = added(job("a", true, Integer.MAX_VALUE));

    List<HashingJob<?>> all = queue.drain();

    assertThat(all).isEqualTo(List.of(familiar, stranger));
    assertThat(queue.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 16, 61})
  void keepsEveryBoundAndLosesNobodyWhateverHappens(int places) {
    Random random = new Random(20_261_123L + places);
    HashingLimits limits = new HashingLimits(1, places, 1);
    HashingQueue any = new HashingQueue(limits);
    Set<HashingJob<?>> waiting = new LinkedHashSet<>();

    for (int i = 0; i < 20_000; i++) {
      int what = random.nextInt(10);
      if (what < 6) {
        HashingJob<?> job = job("client" + random.nextInt(1 + places / 2), random.nextBoolean(), 1);
        Admission admission = any.add(job);
        admission.displaced().ifPresent(gone -> assertThat(waiting.remove(gone)).isTrue());
        if (admission.standing() == Standing.ADMITTED) {
          waiting.add(job);
        }
      } else if (what < 9) {
        HashingJob<?> next = any.next(PLENTY);
        assertThat(next == null).isEqualTo(waiting.isEmpty());
        waiting.remove(next);
      } else if (!waiting.isEmpty()) {
        HashingJob<?> oneOf = List.copyOf(waiting).get(random.nextInt(waiting.size()));
        waiting.remove(oneOf);
        assertThat(any.remove(oneOf)).isTrue();
      }
      requireWithin(limits, waiting);
      assertThat(any.size()).isEqualTo(waiting.size());
    }

    assertThat(any.drain()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(waiting);
  }

  private static void requireWithin(HashingLimits limits, Set<HashingJob<?>> waiting) {
    long familiar = waiting.stream().filter(HashingJob::isFamiliar).count();
    assertThat(waiting).hasSizeLessThanOrEqualTo(limits.queue());
    assertThat(familiar).isLessThanOrEqualTo(limits.perKind());
    assertThat(waiting.size() - familiar).isLessThanOrEqualTo(limits.perKind());
    assertThat(waiting.stream()
            .collect(Collectors.groupingBy(HashingJob::client, Collectors.counting()))
            .values())
        .allMatch(held -> held <= limits.perClient());
  }

  private static HashingQueue queue(int places) {
    return new HashingQueue(new HashingLimits(1, places, 1));
  }

  private HashingJob<?> added(HashingJob<?> job) {
    Admission admission = queue.add(job);
    assertThat(admission.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(admission.displaced()).isEmpty();
    return job;
  }

  private List<HashingJob<?>> serveAll() {
    List<HashingJob<?>> served = new ArrayList<>();
    for (HashingJob<?> job = queue.next(PLENTY); job != null; job = queue.next(PLENTY)) {
      served.add(job);
    }
    return served;
  }

  private static HashingJob<?> stranger(String client) {
    return job(client, false, 1);
  }

  private static HashingJob<?> familiar(String client) {
    return job(client, true, 1);
  }

  private static HashingJob<?> job(String client, boolean familiar, int memoryKib) {
    HashCost cost = new HashCost("some", "", memoryKib);
    return new HashingJob<>(new HashingDemand(client, familiar, cost), () -> true);
  }
}
