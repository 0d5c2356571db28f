package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {

  private static final String PROXY = "10.0.0.1";
  private static final List<String> RANGES = List.of("10.0.0.0/8", "fd00::/8");

  private static Arrivals believing(HeaderFamily family, int maxHops) {
    return new Arrivals(new ProxyTrust(AddressRanges.of(RANGES), family, maxHops));
  }

  /** Lines of header fields, each name followed by its value. */
  private static Arrival read(Arrivals arrivals, String peer, boolean secure, String... fields) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < fields.length; i += 2) {
      headers.merge(fields[i], List.of(fields[i + 1]), (a, b) -> {
        List<String> both = new java.util.ArrayList<>(a);
        both.addAll(b);
        return both;
      });
    }
    return arrivals.read(peer, secure, name -> headers.getOrDefault(name, List.of()));
  }

  private static Arrival xForwarded(int maxHops, String... fields) {
    return read(believing(HeaderFamily.X_FORWARDED, maxHops), PROXY, false, fields);
  }

  private static Arrival xFor(int maxHops, String value) {
    return xForwarded(maxHops, "X-Forwarded-For", value);
  }

  private static Arrival forwarded(int maxHops, String... lines) {
    String[] fields = new String[lines.length * 2];
    for (int i = 0; i < lines.length; i++) {
      fields[2 * i] = "Forwarded";
      fields[2 * i + 1] = lines[i];
    }
    return read(believing(HeaderFamily.FORWARDED, maxHops), PROXY, false, fields);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isAsTheConnectionSaysWhereNoProxyIsDeclared(boolean secure) {
    Arrival arrival = read(
        new Arrivals(null),
        PROXY,
        secure,
        "X-Forwarded-For",
        "203.0.113.9",
        "X-Forwarded-Proto",
        secure ? "http" : "https",
        "Forwarded",
        "for=203.0.113.9;proto=https");

    assertThat(arrival).isEqualTo(Arrival.of(PROXY, secure));
  }

  @ParameterizedTest
  @CsvSource({"11.0.0.1", "9.255.255.255", "fc00::1", "unknown", "''", "10.0.0.1.evil", "localhost"
  })
  void isAsTheConnectionSaysForAPeerThatIsNoDeclaredProxy(String peer) {
    Arrival arrival = read(
        believing(HeaderFamily.X_FORWARDED, 1),
        peer,
        false,
        "X-Forwarded-For",
        "not even, sound",
        "X-Forwarded-Proto",
        "https");

    assertThat(arrival).isEqualTo(Arrival.of(peer, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isADirectRequestOfTheProxyIfItReportsNothing(boolean secure) {
    Arrival arrival = read(believing(HeaderFamily.X_FORWARDED, 1), PROXY, secure);

    assertThat(arrival).isEqualTo(Arrival.of(PROXY, secure));
  }

  @ParameterizedTest
  @CsvSource({
    "fd00:0:0:0:0:0:0:7,   2001:db8::9",
    "[fd00:0:0:0:0:0:0:7], 2001:db8::9",
    "::ffff:10.9.9.9,      2001:db8::9",
  })
  void knowsADeclaredProxyInWhateverFormTheContainerWritesIt(String peer, String client) {
    Arrival arrival = read(
        believing(HeaderFamily.X_FORWARDED, 1), peer, false, "X-Forwarded-For", "2001:DB8::0009");

    assertThat(arrival.address()).isEqualTo(client);
  }

  @Test
  void takesAddressAndSchemeFromTheHopOfTheProxy() {
    Arrival arrival = xForwarded(1, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");

    assertThat(arrival).isEqualTo(Arrival.of("203.0.113.9", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what a client has sent before stays left of what the proxy has added
        "1 | 127.0.0.1, 203.0.113.9               | 203.0.113.9",
        "1 | 10.0.0.9, 203.0.113.9                | 203.0.113.9",
        "2 | 127.0.0.1, 203.0.113.9               | 203.0.113.9",
        "2 | 127.0.0.1, 203.0.113.9, 10.0.0.2     | 203.0.113.9",
        "3 | 1.1.1.1, 203.0.113.9, 10.0.0.3, 10.0.0.2 | 203.0.113.9",
        // whoever has reported nothing is a client, also in the range of the proxies
        "1 | 10.0.0.2                             | 10.0.0.2",
        "2 | 10.0.0.3, 10.0.0.2                   | 10.0.0.3",
        // what is hidden further left does not matter
        "1 | unknown, _x, 203.0.113.9             | 203.0.113.9",
        "2 | unknown, 203.0.113.9, 10.0.0.2       | 203.0.113.9",
      })
  void readsFromTheRightAndStopsAtTheFirstThatIsNoDeclaredProxy(
      int maxHops, String field, String client) {
    Arrival arrival = xFor(maxHops, field);

    assertThat(arrival).isEqualTo(Arrival.of(client, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 203.0.113.9, 10.0.0.2",
        "2 | 203.0.113.9, 10.0.0.3, 10.0.0.2",
        "1 | unknown, 10.0.0.2",
      })
  void refusesMoreProxiesInARowThanDeclared(int maxHops, String field) {
    Arrival arrival = xFor(maxHops, field);

    assertThat(arrival.problem()).contains("more than " + maxHops + " trusted proxies");
    assertThat(arrival.secure()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // hops | addresses           | schemes           | container | secure
        "1 | 203.0.113.9              | https             | false | true",
        "1 | 203.0.113.9              | HTTPS             | false | true",
        "1 | 203.0.113.9              | http              | true  | false",
        "1 | 203.0.113.9              | https, http       | true  | false",
        "1 | 203.0.113.9              | http, https       | false | true",
        "1 | 203.0.113.9              |                   | true  | true",
        "1 | 203.0.113.9              |                   | false | false",
        "2 | 203.0.113.9, 10.0.0.2    |                   | true  | false",
        "2 | 203.0.113.9, 10.0.0.2    | https             | true  | false",
        "2 | 203.0.113.9, 10.0.0.2    | https, http       | false | true",
        "2 | 203.0.113.9, 10.0.0.2    | http, https       | true  | false",
        "2 | 203.0.113.9, 10.0.0.2    | https, http, https| true  | false",
        // a proxy that tells the scheme alone
        "1 |                          | https             | false | true",
        "2 |                          | http              | true  | false",
        "2 |                          | https, http       | true  | false",
      })
  void takesTheSchemeFromTheSameHop(
      int maxHops, String addresses, String schemes, boolean container, boolean secure) {
    Map<String, String> fields = new TreeMap<>();
    if (addresses != null) {
      fields.put("X-Forwarded-For", addresses);
    }
    if (schemes != null) {
      fields.put("X-Forwarded-Proto", schemes);
    }

    Arrival arrival = read(
        believing(HeaderFamily.X_FORWARDED, maxHops),
        PROXY,
        container,
        fields.entrySet().stream()
            .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
            .toArray(String[]::new));

    assertThat(arrival).isEqualTo(Arrival.of(addresses == null ? PROXY : "203.0.113.9", secure));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9              | 203.0.113.9",
        "203.0.113.9:1234         | 203.0.113.9",
        "203.0.113.9:65535        | 203.0.113.9",
        "203.0.113.9:0            | 203.0.113.9",
        "203.0.113.9:_port        | 203.0.113.9",
        "::ffff:203.0.113.9       | 203.0.113.9",
        "[::ffff:203.0.113.9]:80  | 203.0.113.9",
        "2001:db8::1              | 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1     | 2001:db8::1",
        "[2001:db8::1]            | 2001:db8::1",
        "[2001:db8::1]:443        | 2001:db8::1",
        "2001:db8::1:443          | 2001:db8::1:443",
      })
  void readsEveryFormOfAnAddress(String field, String client) {
    assertThat(xFor(1, field)).isEqualTo(Arrival.of(client, false));
    assertThat(xFor(1, " \t" + field + "\t ")).isEqualTo(Arrival.of(client, false));
    assertThat(xFor(1, field + ",203.0.113.1")).isEqualTo(Arrival.of("203.0.113.1", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "203.0.113.9,",
        ",203.0.113.9",
        "203.0.113.9,,203.0.113.8",
        "203.0.113.9 203.0.113.8",
        "203.0.113.09",
        "0x7f.0.0.1",
        "2130706433",
        "203.0.113",
        "203.0.113.256",
        "203.0.113.9:",
        "203.0.113.9:65536",
        "203.0.113.9:123456",
        "203.0.113.9:+1",
        "203.0.113.9:80:80",
        "203.0.113.9/32",
        "\"203.0.113.9\"",
        "for=203.0.113.9",
        "fe80::1%eth0",
        "[fe80::1%25eth0]",
        "[203.0.113.9]",
        "[::1",
        "::1]",
        "[]",
        "[::1]x",
        "[::1]:",
        "[::1]:x",
        "[[::1]]",
        "localhost",
        "evil.example.org",
        "_",
        "_a b",
        "_é",
        "un\u212anown",
        "unknown:",
        "unknown:x",
        "unknowns",
        "203.0.113.9;x",
        "203.0.113.9\r\nX: y",
        "203.0.113.9\u0000",
        "\u00a0203.0.113.9",
        "２０３.0.113.9",
        "<script>",
        "-",
        "null"
      })
  void refusesWhatIsNotSoundWhereverItStands(String element) {
    assertThat(xFor(1, element).problem()).contains("X-Forwarded-For");
    assertThat(xFor(1, element + ", 203.0.113.1").problem()).contains("X-Forwarded-For");
    assertThat(xFor(1, "203.0.113.1, " + element).problem()).contains("X-Forwarded-For");
    assertThat(String.valueOf(xFor(1, "evil-" + element).problem())).doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "UNKNOWN", "_hidden", "_SEVKISEK", "unknown:80", "_a.b-c:_d"})
  void refusesAProxyThatHidesItsClient(String element) {
    assertThat(xFor(1, "203.0.113.9, " + element).problem()).contains("does not tell the address");
    assertThat(xFor(1, element + ", 203.0.113.9").problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp",
        "wss",
        "https:",
        "https://",
        "on",
        "1",
        "https http",
        "https,",
        "\"https\"",
        "httpſ",
        "https\u0000"
      })
  void refusesEverySchemeButTheTwo(String scheme) {
    Arrival right =
        xForwarded(1, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https, " + scheme);
    Arrival left =
        xForwarded(1, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", scheme + ", https");

    assertThat(right.problem()).contains("X-Forwarded-Proto");
    assertThat(left.problem()).contains("X-Forwarded-Proto");
  }

  @Test
  void readsSeveralLinesAsOneList() {
    Arrival arrival = xForwarded(
        2,
        "X-Forwarded-For",
        "198.51.100.1, 203.0.113.9",
        "X-Forwarded-For",
        "10.0.0.2",
        "X-Forwarded-Proto",
        "https",
        "X-Forwarded-Proto",
        "http");

    assertThat(arrival).isEqualTo(Arrival.of("203.0.113.9", true));
  }

  @Test
  void readsNoOtherFieldThanThoseOfItsFamily() {
    String[] others = {
      "X-Real-IP",
      "192.0.2.1",
      "X-Client-IP",
      "192.0.2.1",
      "Via",
      "1.1 x",
      "X-Forwarded-Host",
      "evil",
      "X-Forwarded-Port",
      "443",
      "X-Forwarded-Ssl",
      "on",
      "X-Forwarded-Scheme",
      "https",
      "Front-End-Https",
      "on",
      "X-Forwarded-Prefix",
      "/x",
      "X-Url-Scheme",
      "https",
      "X-Forwarded",
      "for=192.0.2.1"
    };
    String[] byRfc = {"Forwarded", "for=192.0.2.1;proto=https"};
    String[] byCustom = {"X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https"};

    Arrivals custom = believing(HeaderFamily.X_FORWARDED, 1);
    Arrivals rfc = believing(HeaderFamily.FORWARDED, 1);

    assertThat(read(custom, PROXY, false, others)).isEqualTo(Arrival.of(PROXY, false));
    assertThat(read(custom, PROXY, false, byRfc)).isEqualTo(Arrival.of(PROXY, false));
    assertThat(read(rfc, PROXY, false, others)).isEqualTo(Arrival.of(PROXY, false));
    assertThat(read(rfc, PROXY, false, byCustom)).isEqualTo(Arrival.of(PROXY, false));
  }

  @Test
  void takesThirtyTwoElementsAndNotOneMore() {
    String thirtyOne = String.join(",", Collections.nCopies(31, "1.1.1.1"));

    assertThat(xFor(1, thirtyOne + ",203.0.113.9").address()).isEqualTo("203.0.113.9");
    assertThat(xFor(1, thirtyOne + ",1.1.1.1,203.0.113.9").problem()).contains("more than 32");
    assertThat(forwarded(1, thirtyOne.replace("1.1.1.1", "for=1.1.1.1") + ",for=203.0.113.9"))
        .isEqualTo(Arrival.of("203.0.113.9", false));
    assertThat(forwarded(1, thirtyOne.replace("1.1.1.1", "for=1.1.1.1") + ",by=_a,for=1.1.1.1")
            .problem())
        .contains("more than 32");
    assertThat(
            xForwarded(1, "X-Forwarded-Proto", String.join(",", Collections.nCopies(33, "https")))
                .problem())
        .contains("more than 32");
  }

  @Test
  void takesFourThousandAndNinetySixCharactersAndNotOneMore() {
    String client = "203.0.113.9";
    String most = " ".repeat(4096 - client.length()) + client;

    assertThat(xFor(1, most).address()).isEqualTo(client);
    assertThat(xFor(1, " " + most).problem()).contains("longer than 4096");
    assertThat(xForwarded(1, "X-Forwarded-For", most, "X-Forwarded-For", "1").problem())
        .contains("longer than 4096");
    assertThat(forwarded(1, " ".repeat(4081) + "for=203.0.113.9").address()).isEqualTo(client);
    assertThat(forwarded(1, " ".repeat(4082) + "for=203.0.113.9").problem())
        .contains("longer than 4096");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        // the examples of RFC 7239, section 4
        "1 | for=192.0.2.60;proto=http;by=203.0.113.43           | 192.0.2.60  | false",
        "1 | For=\"[2001:db8:cafe::17]:4711\"                    | 2001:db8:cafe::17 | false",
        "1 | for=192.0.2.43, for=198.51.100.17                   | 198.51.100.17 | false",
        "1 | for=203.0.113.9;proto=https                         | 203.0.113.9 | true",
        "1 | PROTO=HTTPS;FOR=203.0.113.9                         | 203.0.113.9 | true",
        "1 | for=203.0.113.9;proto=\"https\"                     | 203.0.113.9 | true",
        "1 | for=\"203.0.113.9:80\";host=\"a,b;c=\\\"d\\\"\";proto=https | 203.0.113.9 | true",
        "1 | for=\"\\[2001:db8::1\\]\"                           | 2001:db8::1 | false",
        "1 | for=203.0.113.9;;proto=https;                       | 203.0.113.9 | true",
        "1 | ;for=203.0.113.9                                    | 203.0.113.9 | false",
        "1 | for=203.0.113.9;secret=x;ext!#$%&^_`~=\"y\tz\"     | 203.0.113.9 | false",
        "1 | for=unknown;proto=https,for=203.0.113.9             | 203.0.113.9 | false",
        "1 | proto=https                                         | 10.0.0.1    | true",
        "2 | for=203.0.113.9;proto=https,for=10.0.0.2;proto=http | 203.0.113.9 | true",
        "2 | for=203.0.113.9;proto=http,for=10.0.0.2;proto=https | 203.0.113.9 | false",
        "2 | for=203.0.113.9,for=10.0.0.2;proto=https            | 203.0.113.9 | false",
        "2 | for=9.9.9.9;proto=https,for=203.0.113.9,for=10.0.0.2| 203.0.113.9 | false",
      })
  void readsForwardedAsTheRfcHasIt(int maxHops, String field, String client, boolean secure) {
    assertThat(forwarded(maxHops, field)).isEqualTo(Arrival.of(client, secure));
  }

  @Test
  void takesTheContainersWordForOneProxyThatNeverTellsTheScheme() {
    Arrival one =
        read(believing(HeaderFamily.FORWARDED, 2), PROXY, true, "Forwarded", "for=203.0.113.9");
    Arrival two = read(
        believing(HeaderFamily.FORWARDED, 2),
        PROXY,
        true,
        "Forwarded",
        "for=203.0.113.9, for=10.0.0.2");

    assertThat(one).isEqualTo(Arrival.of("203.0.113.9", true));
    assertThat(two).isEqualTo(Arrival.of("203.0.113.9", false));
  }

  @Test
  void readsSeveralLinesOfForwardedAsOneList() {
    Arrival arrival = forwarded(2, "for=203.0.113.9;proto=https", "for=10.0.0.2;proto=http");

    assertThat(arrival).isEqualTo(Arrival.of("203.0.113.9", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        ",",
        "for=1.1.1.1,",
        ",for=1.1.1.1",
        "for=1.1.1.1,,for=1.1.1.1",
        "for",
        "for=",
        "=1.1.1.1",
        "for =1.1.1.1",
        "for= 1.1.1.1",
        "for=1.1.1.1; proto=http",
        "for=1.1.1.1 ;proto=http",
        "for=1.1.1.1;for=1.1.1.1",
        "for=1.1.1.1;FOR=2.2.2.2",
        "proto=http;Proto=https",
        "x=1;X=2",
        "for=1.1.1.1:80",
        "for=[::1]",
        "for=::1",
        "for=\"::1\"",
        "for=\"[1.1.1.1]\"",
        "for=\"1.1.1.1",
        "for=\"1.1.1.1\"x",
        "for=1.1.1.1\"",
        "for=\"\"",
        "for=\"1.1.1.1\\",
        "for=\"1.1.1.1\\\"",
        "for=\"1.1.1.1\u0000\"",
        "for=\"1.1.1.1\u007f\"",
        "for=\"1.1.1.1\";host=\"\u0100\"",
        "for=01.1.1.1",
        "for=localhost",
        "for=_",
        "proto=ftp",
        "proto=",
        "for=1.1.1.1 for=1.1.1.1",
        "for=1.1.1.1 x",
        "1.1.1.1",
        "for=1.1.1.1;@=b",
        "for=1.1.1.1;by=[::1]",
        "for=(1.1.1.1)"
      })
  void refusesForwardedThatIsNotSoundWhereverItStands(String element) {
    assertThat(forwarded(1, element).problem()).contains("Forwarded");
    assertThat(forwarded(1, "for=1.1.1.1", element).problem()).contains("Forwarded");
    assertThat(forwarded(1, element, "for=1.1.1.1").problem()).contains("Forwarded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=unknown",
        "for=_x",
        "for=1.1.1.1, proto=https",
        "for=1.1.1.1, for=\"unknown:_p\""
      })
  void refusesForwardedThatHidesTheClientOfTheProxy(String field) {
    assertThat(forwarded(1, field).problem()).contains("does not tell the address");
  }

  @Test
  void takesSixteenParametersAndNotOneMore() {
    StringBuilder field = new StringBuilder("for=203.0.113.9");
    for (int i = 0; i < 15; i++) {
      field.append(";p").append(i).append("=x");
    }

    assertThat(forwarded(1, field.toString()).problem()).isNull();
    assertThat(forwarded(1, field + ";p15=x").problem()).contains("malformed");
  }

  /** Whatever is sent gives a value, and what a client has written never becomes its address. */
  @Test
  void neverFailsAndNeverBelievesWhatStandsLeftOfTheProxysPart() {
    Random random = new Random(20_261_125);
    String alphabet = "0123456789abcdf.:,;=\"\\[]_ \tunkowhp/\u0000\u00e9\uD83D";
    int sound = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder claim = new StringBuilder();
      for (int length = random.nextInt(14); length > 0; length--) {
        claim.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      boolean byRfc = random.nextBoolean();

      Arrival arrival = byRfc
          ? forwarded(1, claim + ",for=203.0.113.9;proto=http")
          : xForwarded(
              1, "X-Forwarded-For", claim + ",203.0.113.9", "X-Forwarded-Proto", claim + ",http");

      assertThat(arrival.secure()).isFalse();
      if (arrival.problem() == null) {
        sound++;
        assertThat(arrival.address()).as(claim.toString()).isEqualTo("203.0.113.9");
      }
    }
    assertThat(sound).isLessThan(200_000);
  }
}
