package io.sallyport.core.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Targets from the history of servlet security, and random ones, in every way in which a container could
 * read them: whatever is accepted has one reading.
 */
class HostileTargetsTest {

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

  /** What no accepted target may hold, written down independently of the code. */
  private static final Pattern SUSPICIOUS = Pattern.compile(
      "(?i)[\\\\;?# \\x00-\\x1f\\x7f-\\x9f]|%(2f|5c|3b|25|u|[01][0-9a-f]|7f|c2%[89])"
          + "|/(\\.|%2e){1,2}(/|$)|//|%(?![0-9a-f]{2})");

  private static final String[] PIECES = {
    "/",
    "/",
    "/",
    "a",
    "b",
    "app",
    "admin",
    "public",
    ".",
    "..",
    "%2e",
    "%2E",
    "%2f",
    "%5c",
    "\\",
    ";",
    ";v=1",
    "%3b",
    "%25",
    "%00",
    "%0a",
    "%c3%a4",
    "%c0%af",
    "%e2%82%ac",
    "%f0%9f%98%80",
    "%u",
    "%",
    "%4",
    "ä",
    "\u0000",
    "\u0085",
    "\ud83d",
    "\ude00",
    "#",
    "?",
    " ",
    "+",
    "~",
    "*",
    "http://h",
    "index.html"
  };

  private record Case(String id, String method, String context, String raw) {}

  private static List<Case> cases() throws IOException {
    try (InputStream file = HostileTargetsTest.class.getResourceAsStream("hostile-targets.tsv")) {
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .map(cells -> new Case(cells[0], unescaped(cells[1]), cells[2], unescaped(cells[3])))
          .toList();
    }
  }

  private static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(HostileTargetsTest::character);
  }

  private static String character(MatchResult escape) {
    return java.util.regex.Matcher.quoteReplacement(
        String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
  }

  /** How containers have been seen to read a raw path: as it is, decoded, twice decoded, tidied up. */
  private static List<String> readings(String raw) {
    List<String> readings = new ArrayList<>(List.of("/public/x", "/version", "/", "", raw));
    String plain = raw.replaceFirst("(?i)^https?://[^/]*", "");
    readings.add(plain);
    readings.add(decoded(plain));
    readings.add(decoded(decoded(plain)));
    readings.add(decoded(plain.replaceAll(";[^/]*", "")));
    readings.add(decoded(plain).replace('\\', '/').replaceAll("/+", "/"));
    readings.add(decoded(plain).replaceAll(";[^/]*", "").replaceAll("[^/]+/\\.\\./", ""));
    readings.add(decoded(plain) + "index.html");
    return readings;
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException broken) {
      return raw;
    }
  }

  /** Invariant 3. */
  @Test
  void acceptsNoKnownAttackInAnyReadingButItsOnlyOne() throws IOException {
    List<Case> cases = cases();

    assertThat(cases).hasSizeGreaterThan(600);
    for (Case hostile : cases) {
      for (String reading : readings(hostile.raw())) {
        String own = reading.startsWith(hostile.context())
            ? reading.substring(hostile.context().length())
            : reading;
        checkOneReading(hostile.method(), hostile.raw(), hostile.context(), own);
      }
    }
  }

  /** Invariant 3. */
  @Test
  void acceptsNoRandomTargetInAnyReadingButItsOnlyOne() {
    var random = new Random(20261123);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      var raw = new StringBuilder();
      for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
        raw.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String context = random.nextInt(3) == 0 ? "/app" : "";
      List<String> readings = readings(raw.toString());
      String reading = readings.get(random.nextInt(readings.size()));
      accepted += checkOneReading("GET", context + raw, context, reading) ? 1 : 0;
    }

    // the test says nothing if all is refused
    assertThat(accepted).isGreaterThan(2_000);
  }

  private static boolean checkOneReading(String method, String raw, String context, String own) {
    Reading reading = RequestTarget.read(method, raw, context, own, null);
    if (!(reading instanceof Reading.Canonical canonical)) {
      return false;
    }
    String path = raw.replaceFirst("(?i)^https?://[^/]*(?=/|$)", "");
    String whole = decoded(path);
    String expected = context + canonical.target().path();
    assertThat(canonical.target().path()).as(raw).isEqualTo(own.isEmpty() ? "/" : own);
    assertThat(path).as(raw).doesNotContainPattern(SUSPICIOUS);
    assertThat(whole.equals(expected)
            || (whole + "/").equals(expected)
            || (whole.endsWith("/") && expected.matches(Pattern.quote(whole) + "[^/]+"))
            || (whole.equals(context) && expected.matches(Pattern.quote(whole) + "/[^/]+")))
        .as("%s dispatched to %s", raw, expected)
        .isTrue();
    return true;
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    var random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      String raw = noise(random);
      Reading request =
          RequestTarget.read(noise(random), raw, noise(random), noise(random), noise(random));
      Reading dispatched = RequestTarget.readDispatched("GET", raw, noise(random));

      assertThat(request).isNotNull();
      assertThat(dispatched).isNotNull();
    }
  }

  private static String noise(Random random) {
    int length = random.nextInt(12);
    if (length == 11) {
      return null;
    }
    var noise = new StringBuilder(length % 2 == 0 ? "/" : "");
    for (int i = 0; i < length; i++) {
      noise.append(
          random.nextInt(4) == 0
              ? String.valueOf((char) random.nextInt(0x10000))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return noise.toString();
  }
}
