package io.sallyport.containers;

import io.sallyport.containers.TargetSender.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What came of many targets. Not for several threads: each has its own, and they are added up. */
final class Tally {

  private static final int MOST_FAILURES = 20;

  private final Set<String> places = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private int sent;
  private int reached;
  private int refused;
  private int refusedByContainer;
  private int garbled;
  private int failed;

  void add(byte[] target, Answer answer) {
    sent++;
    if (answer instanceof Answer.Broken broken) {
      fail(target, broken.why());
    } else if (answer instanceof Answer.Received received) {
      add(target, received);
    } else if (answer instanceof Answer.Garbled) {
      garbled++;
    } else {
      refusedByContainer++;
    }
  }

  private void add(byte[] target, Answer.Received received) {
    String place = received.reached();
    int status = received.status();
    if (place != null && place.startsWith(PlaceServlet.RIGHTLY)) {
      reached++;
      places.add(place.substring(PlaceServlet.RIGHTLY.length()));
    } else if (place != null) {
      fail(target, "mismatch: " + place);
    } else if (status >= 500 && status != 501 && status != 505) {
      fail(target, "status " + status);
    } else if (status == 200) {
      fail(target, "an answer from nowhere");
    } else if (received.ours()) {
      refused++;
    } else {
      refusedByContainer++;
    }
  }

  private void fail(byte[] target, String what) {
    failed++;
    if (failures.size() < MOST_FAILURES) {
      failures.add(shown(target) + ": " + what);
    }
  }

  private static String shown(byte[] target) {
    var text = new StringBuilder();
    for (byte octet : target) {
      text.append(
          octet > ' ' && octet < 0x7f ? "" + (char) octet : String.format("\\x%02x", octet));
    }
    return text.toString();
  }

  Tally plus(Tally other) {
    places.addAll(other.places);
    failures.addAll(other.failures);
    sent += other.sent;
    reached += other.reached;
    refused += other.refused;
    refusedByContainer += other.refusedByContainer;
    garbled += other.garbled;
    failed += other.failed;
    return this;
  }

  /** The places that were rightly reached. */
  Set<String> places() {
    return places;
  }

  /** Some of the targets that were answered as none must be, and how. */
  List<String> failures() {
    return failures;
  }

  int sent() {
    return sent;
  }

  int reached() {
    return reached;
  }

  int refused() {
    return refused;
  }

  int garbled() {
    return garbled;
  }

  /** A row of a table: sent, reached, refused by us, by the container, garbled and failed. */
  String row() {
    return String.format(
        "%,d | %,d | %,d | %,d | %,d | %,d",
        sent, reached, refused, refusedByContainer, garbled, failed);
  }
}
