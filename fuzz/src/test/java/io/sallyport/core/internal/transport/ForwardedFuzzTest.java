package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What proxies report, and clients who want to be believed: an arrival or a problem that repeats nothing.
 * Only the configured family of a declared proxy counts, and what a client puts at the left of it never
 * does. Fields: the peer, a target, then header lines, of {@code Forwarded} behind an {@code F}, of {@code
 * X-Forwarded-For} behind an {@code A} and of {@code X-Forwarded-Proto} behind a {@code P}.
 */
class ForwardedFuzzTest {

  private static final AddressRanges PROXIES = AddressRanges.of(List.of("10.0.0.0/8", "fd00::/8"));
  // each for all inputs: what they tell of once is told once
  private static final Map<HeaderFamily, Arrivals> ARRIVALS = Map.of(
      HeaderFamily.FORWARDED,
      new Arrivals(new ProxyTrust(PROXIES, HeaderFamily.FORWARDED, 3)),
      HeaderFamily.X_FORWARDED,
      new Arrivals(new ProxyTrust(PROXIES, HeaderFamily.X_FORWARDED, 3)));
  private static final PublicOrigin ORIGIN = PublicOrigin.of("https://app.example.org");
  private static final Map<Character, String> NAMES =
      Map.of('F', "Forwarded", 'A', "X-Forwarded-For", 'P', "X-Forwarded-Proto");

  @DictionaryFile(resourcePath = "ForwardedFuzzTest.dict")
  @FuzzTest
  void countsFromTheRightOrNotAtAll(byte[] input) {
    Fields fields = Fields.of(input);
    String peer = fields.text(0);
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : fields.from(2)) {
      if (!line.isEmpty() && NAMES.containsKey(line.charAt(0))) {
        headers
            .computeIfAbsent(NAMES.get(line.charAt(0)), name -> new ArrayList<>())
            .add(line.substring(1));
      }
    }

    Bounds.SMALL.check(() -> {
      check(HeaderFamily.FORWARDED, peer, headers, "Forwarded", "for=203.0.113.99,");
      check(HeaderFamily.X_FORWARDED, peer, headers, "X-Forwarded-For", "203.0.113.99,");
      checkLocation(fields.text(1), peer);
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(ForwardedFuzzTest.class).check(20_000, this::countsFromTheRightOrNotAtAll);
  }

  private static void check(
      HeaderFamily family,
      String peer,
      Map<String, List<String>> headers,
      String field,
      String claim) {
    Arrivals arrivals = ARRIVALS.get(family);
    Arrival arrival = read(arrivals, peer, headers);

    Map<String, List<String>> own = new HashMap<>(headers);
    own.keySet().removeIf(name -> name.startsWith("X-") != (family == HeaderFamily.X_FORWARDED));
    assertThat(read(arrivals, peer, own)).isEqualTo(arrival);
    if (!PROXIES.containsConnection(peer)) {
      assertThat(arrival).isEqualTo(Arrival.of(NumericAddress.normalized(peer), true));
    } else if (arrival.problem() != null) {
      assertThat(arrival.problem()).hasSizeLessThan(120).matches("[ -~]+");
      assertThat(arrival.secure()).isFalse();
    } else {
      checkClaim(arrivals, arrival, peer, own, field, claim);
    }
  }

  /** A client that begins the list itself is still the client whom the proxy has seen. */
  private static void checkClaim(
      Arrivals arrivals,
      Arrival arrival,
      String peer,
      Map<String, List<String>> headers,
      String field,
      String claim) {
    NumericAddress client = NumericAddress.ofConnection(arrival.address());
    assertThat(client).isNotNull();
    if (PROXIES.contains(client) || !headers.containsKey(field)) {
      return; // no proxy has told of a client
    }
    Map<String, List<String>> claiming = new HashMap<>(headers);
    List<String> lines = new ArrayList<>(headers.get(field));
    lines.set(0, claim + lines.get(0));
    claiming.put(field, lines);
    Arrival again = read(arrivals, peer, claiming);
    if (again.problem() == null) {
      assertThat(again).isEqualTo(arrival);
    } else {
      assertThat(again.problem()).containsAnyOf("more than 32", "longer than 4096");
    }
  }

  private static Arrival read(Arrivals arrivals, String peer, Map<String, List<String>> headers) {
    Function<String, List<String>> lines = name -> headers.getOrDefault(name, List.of());
    return arrivals.read(peer, true, lines);
  }

  private static void checkLocation(String target, String query) {
    String location = SecureLocation.of(ORIGIN, target, query);
    assertThat(location).matches("https://app\\.example\\.org/[!-~]*");
    assertThat(SecureLocation.of(ORIGIN, target, null))
        .matches("https://app\\.example\\.org/[!-~]*");
    try {
      assertThat(PublicOrigin.of(target).toString()).isEqualTo(target);
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotBlank();
    }
  }
}
