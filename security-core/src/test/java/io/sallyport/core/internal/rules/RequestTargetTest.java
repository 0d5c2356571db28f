package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.api.Target;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

  private static final TargetPolicy WITH_SESSION_IDS =
      TargetPolicy.STRICT.withPathParameters(Set.of("jsessionid", "v"));

  static Stream<Arguments> refusedWhateverTheContainerMakesOfIt() {
    return Stream.of(
        arguments("", "form"),
        arguments("*", "form"),
        arguments("admin/x", "form"),
        arguments("localhost:8080", "form"),
        arguments("ftp://localhost/admin/x", "form"),
        arguments("http:/admin/x", "form"),
        arguments("http:///admin/x", "form"),
        arguments("http://root:pass@localhost/admin/x", "form"),
        arguments("http://localhost%2f../admin/x", "form"),
        arguments("http://localhost#/admin/x", "form"),
        arguments("http://localhost\\admin/x", "form"),
        arguments("/admin/x\u0000", "control character"),
        arguments("/admin/\u0001x", "control character"),
        arguments("/admin/\u007fx", "control character"),
        arguments("/admin/\u0085x", "control character"),
        arguments("/admin/x%00", "encoded control character"),
        arguments("/admin/%0ax", "encoded control character"),
        arguments("/admin/%1F", "encoded control character"),
        arguments("/admin/%7f", "encoded control character"),
        arguments("/admin/%c2%85", "encoded control character"),
        arguments("/admin/%c2%9F", "encoded control character"),
        arguments("/admin/%", "broken percent escape"),
        arguments("/admin/%4", "broken percent escape"),
        arguments("/admin/%4g", "broken percent escape"),
        arguments("/admin/%g4", "broken percent escape"),
        arguments("/admin/%\uff11\uff11", "broken percent escape"),
        arguments("/public/%%32%65/admin", "broken percent escape"),
        arguments("/%u0061dmin/x", "%uXXXX"),
        arguments("/%U0061dmin/x", "%uXXXX"),
        arguments("/admin/%c0%af", "UTF-8"),
        arguments("/admin/%c1%9c", "UTF-8"),
        arguments("/admin/%e0%80%ae", "UTF-8"),
        arguments("/admin/%e0%9f%bf", "UTF-8"),
        arguments("/admin/%f0%80%80%ae", "UTF-8"),
        arguments("/admin/%f0%8f%bf%bf", "UTF-8"),
        arguments("/admin/%c3%28", "UTF-8"),
        arguments("/admin/x%c4", "UTF-8"),
        arguments("/admin/x%c4x", "UTF-8"),
        arguments("/admin/%e4", "UTF-8"),
        arguments("/admin/%80", "UTF-8"),
        arguments("/admin/%bf", "UTF-8"),
        arguments("/admin/%ed%a0%80", "UTF-8"),
        arguments("/admin/%ed%bf%bf", "UTF-8"),
        arguments("/admin/%f4%90%80%80", "UTF-8"),
        arguments("/admin/%f5%80%80%80", "UTF-8"),
        arguments("/admin/%ff", "UTF-8"),
        arguments("/admin/\ud800", "surrogate"),
        arguments("/admin/\udc00\ud800x", "surrogate"),
        arguments("/public/..%2fadmin", "encoded slash"),
        arguments("/public%2Fadmin", "encoded slash"),
        arguments("/public%5cadmin", "encoded backslash"),
        arguments("/public%5Cadmin", "encoded backslash"),
        arguments("/public\\admin", "backslash"),
        arguments("/public/a%3bb", "encoded semicolon"),
        arguments("/public/a%3Bb", "encoded semicolon"),
        arguments("/public/100%25", "encoded percent"),
        arguments("/%2561dmin", "encoded percent"),
        arguments("/admin/x;", "path parameter"),
        arguments("/admin;a=b/x", "path parameter"),
        arguments("/public/..;/admin/x", "path parameter"),
        arguments("/admin/x#y", "ends a path"),
        arguments("/admin/x?y", "ends a path"),
        arguments("/admin/x y", "ends a path"),
        arguments("/public/./x", "dot segment"),
        arguments("/public/../x", "dot segment"),
        arguments("/..", "dot segment"),
        arguments("/public/.", "dot segment"),
        arguments("/public/%2e/x", "dot segment"),
        arguments("/public/%2e%2E/x", "dot segment"),
        arguments("/public/.%2e/x", "dot segment"),
        arguments("/public/%2e.", "dot segment"),
        arguments("//admin/x", "empty segment"),
        arguments("/public//x", "empty segment"),
        arguments("/public/x//", "empty segment"),
        arguments("http://localhost//admin/x", "empty segment"));
  }

  @ParameterizedTest
  @MethodSource("refusedWhateverTheContainerMakesOfIt")
  void refusesWhatCouldBeReadInTwoWays(String raw, String why) {
    Reading asSent = RequestTarget.read("GET", raw, "", raw, null);
    Reading asOpenPath = RequestTarget.read("GET", raw, "", "/public", "/x");
    Reading below = RequestTarget.read("GET", "/app" + raw, "/app", raw, null);

    assertThat(asSent).isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, why));
    assertThat(asOpenPath).isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, why));
    if (raw.startsWith("/")) {
      assertThat(below).isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, why));
    }
  }

  private static void says(Reading.Refused refused, String why) {
    assertThat(refused.why()).contains(why);
  }

  static Stream<Arguments> legalOddities() {
    return Stream.of(
        arguments("/public/x", "/public/x"),
        arguments("/", "/"),
        arguments("/public/", "/public/"),
        arguments("/public/a%20b", "/public/a b"),
        arguments("/public/%F0%9F%98%80", "/public/\ud83d\ude00"),
        arguments("/public/%f4%8f%bf%bf", "/public/\udbff\udfff"),
        arguments("/public/%ee%80%80", "/public/\ue000"),
        arguments("/public/%ed%9f%bf", "/public/\ud7ff"),
        arguments("/public/%C3%A4", "/public/\u00e4"),
        arguments("/public/%c2%a0", "/public/\u00a0"),
        arguments("/public/%e0%a0%80", "/public/\u0800"),
        arguments("/public/%f0%90%80%80", "/public/\ud800\udc00"),
        arguments("/public/%df%bf", "/public/\u07ff"),
        arguments("/public/\u00e4", "/public/\u00e4"),
        arguments("/public/\ud83d\ude00", "/public/\ud83d\ude00"),
        arguments("/public/a+b", "/public/a+b"),
        arguments("/public/a%2Bb", "/public/a+b"),
        arguments("/public/a.b", "/public/a.b"),
        arguments("/public/v1..2", "/public/v1..2"),
        arguments("/public/...", "/public/..."),
        arguments("/public/..x", "/public/..x"),
        arguments("/public/x..", "/public/x.."),
        arguments("/public/.well-known/x", "/public/.well-known/x"),
        arguments("/public/%2ewell-known", "/public/.well-known"),
        arguments("/public/~user", "/public/~user"),
        arguments("/public/%7Euser", "/public/~user"),
        arguments("/public/%7euser", "/public/~user"),
        arguments("/public/a%22b", "/public/a\"b"),
        arguments("/public/a%3Fb%23c", "/public/a?b#c"),
        arguments("/public/(a),b@c:d=e!f'g*h&i$", "/public/(a),b@c:d=e!f'g*h&i$"),
        arguments("/public/a|b[c]", "/public/a|b[c]"),
        arguments("/%61dmin/x", "/admin/x"),
        arguments("/admi%6E/x", "/admin/x"));
  }

  @ParameterizedTest
  @MethodSource("legalOddities")
  void readsWhatIsUnusualAndLegal(String raw, String path) {
    Reading inRoot = RequestTarget.read("GET", raw, "", path, null);
    Reading inContext = RequestTarget.read("GET", "/app" + raw, "/app", "", path);
    Reading absolute = RequestTarget.read("GET", "http://localhost:8080" + raw, "", path, null);

    var canonical = new Reading.Canonical(new Target("GET", path), "GET");
    assertThat(inRoot).isEqualTo(canonical);
    assertThat(inContext).isEqualTo(canonical);
    assertThat(absolute).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/public/x,    '',   /public/x,    -,         /public/x",
        "/public/x,    '',   /public,      /x,        /public/x",
        "/public/x,    '',   '',           /public/x, /public/x",
        "/app/public,  /app, /public,      -,         /public",
        "/app/public/, /app, /public,      /,         /public/",
        "/app,         /app, '',           -,         /",
        "/app,         /app, -,            -,         /",
        "/app,         /app, /,            -,         /",
        "/app/,        /app, /,            -,         /",
        "/app/,        /app, '',           /,         /",
        "/app/,        /app, '',           -,         /",
        "/,            '',   '',           -,         /",
        "/,            -,    '',           /,         /",
        "/%61pp/x,     /app, /x,           -,         /x",
        "/app/x,       /%61pp, /x,         -,         /x",
        "/%61pp/x,     /%61pp, /x,         -,         /x",
        "/a%20b/x,     /a%20b, /x,         -,         /x",
        "/a%20b/x,     '/a b', /x,         -,         -",
        "/%C3%A4/x,    /ä,   /x,           -,         /x",
        "/app/app/x,   /app, /app/x,       -,         /app/x",
        "HTTPS://h/x,  '',   /x,           -,         /x",
        "http://[::1]:80/x, '', /x,        -,         /x",
        "http://h,     '',   /,            -,         /",
        "http://h/app/x, /app, /x,         -,         /x"
      })
  void decidesOnServletPathAndPathInfo(
      String raw, String context, String servletPath, String pathInfo, String path) {
    Reading reading = RequestTarget.read("GET", raw, context, servletPath, pathInfo);

    if (path == null) {
      assertThat(reading).isInstanceOf(Reading.Refused.class);
    } else {
      assertThat(reading).isEqualTo(new Reading.Canonical(new Target("GET", path), "GET"));
    }
  }

  /** Invariant 3. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/public/x,     '',   /admin,    /x",
        "/public/x,     '',   /public,   -",
        "/public/x,     '',   /public/x, /y",
        "/public/x,     '',   /public,   x",
        "/public,       '',   /public/,  -",
        "/public/,      '',   /public,   -",
        "/%61dmin,      '',   /%61dmin,  -",
        "/admin/a+b,    '',   '/admin/a b', -",
        "/public/%c3%a4, '',  /public/Ã¤, -",
        "/public/Ã¤,    '',   /public/ä, -",
        "/app/x,        /app, /app/x,    -",
        "/app/x,        '',   /x,        -",
        "/appx,         /app, x,         -",
        "/x,            /app, /x,        -",
        "/APP/x,        /app, /x,        -",
        "/ap,           /app, '',        -",
        "/app,          /app/, '',       -",
        "/app/x,        app,  /x,        -",
        "/app/x,        /a%,  /x,        -",
        "/app/../app/x, /app, /x,        -",
        "/,             '',   x,         -"
      })
  void refusesWhereTheContainerReadsAnotherPath(
      String raw, String context, String servletPath, String pathInfo) {
    Reading reading = RequestTarget.read("GET", raw, context, servletPath, pathInfo);

    assertThat(reading).isInstanceOf(Reading.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/,           '',   /index.html,          true",
    "/docs/,      '',   /docs/index.html,     true",
    "/app/,       /app, /index.html,          true",
    "/app,        /app, /index.html,          true",
    "/a%20b/,     '',   '/a b/index.html',    true",
    "/docs/,      '',   /docs/a/index.html,   false",
    "/docs/,      '',   /docs/..,             false",
    "/docs/,      '',   /docs/.,              false",
    "/docs/,      '',   '/docs/a\\b',         false",
    "/docs/,      '',   /docs/a%2eb,          false",
    "/docs/,      '',   '/docs/a;b',          false",
    "/docs/,      '',   /admin/index.html,    false",
    "/docs,       '',   /docs/index.html,     false",
    "/docs/x,     '',   /docs/x.html,         false",
  })
  void allowsAWelcomeFileAsTheOneDifference(
      String raw, String context, String dispatched, boolean allowed) {
    Reading reading = RequestTarget.read("GET", raw, context, dispatched, null);

    assertThat(reading.equals(new Reading.Canonical(new Target("GET", dispatched), "GET")))
        .isEqualTo(allowed);
    assertThat(reading instanceof Reading.Refused).isEqualTo(!allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/x;jsessionid=1,           /x,        true",
    "/x;jsessionid,             /x,        true",
    "/x;jsessionid=,            /x,        true",
    "/x;jsessionid=1;v=2/y;v,   /x/y,      true",
    "/x;v=1;v=2,                /x,        true",
    "/x/;jsessionid=1,          /x/,       true",
    "/;jsessionid=1,            /,         true",
    "/x;v=%c3%a4/y,             /x/y,      true",
    "/app;v=1/x,                /app/x,    true",
    "/x;jsessionid=1,           /x;jsessionid=1, false",
    "/x;JSESSIONID=1,           /x,        false",
    "/x;jsessionidx=1,          /x,        false",
    "/x;j%73essionid=1,         /x,        false",
    "/x;,                       /x,        false",
    "/x;v=1;,                   /x,        false",
    "/x;=v,                     /x,        false",
    "/..;v=1/x,                 /x,        false",
    "/%2e%2e;v=1/x,             /x,        false",
    "/.;v/x,                    /x,        false",
    "/;v=1/x,                   /x,        false",
    "/x;v=%2f/y,                /x/y,      false",
    "/x;v=%3b,                  /x,        false",
    "/x;v=%00,                  /x,        false",
    "/x;v=%,                    /x,        false",
    "/x;v=a\\b,                 /x,        false",
    "/x;v=1/y,                  /x,        false",
  })
  void leavesOutPathParametersThatArePermittedByName(String raw, String path, boolean allowed) {
    Reading reading = RequestTarget.read(WITH_SESSION_IDS, "GET", raw, "", path, null);

    assertThat(reading.equals(new Reading.Canonical(new Target("GET", path), "GET")))
        .isEqualTo(allowed);
    assertThat(reading instanceof Reading.Refused).isEqualTo(!allowed);
  }

  @Test
  void readsAContextPathThatCarriesAPermittedParameter() {
    Reading reading =
        RequestTarget.read(WITH_SESSION_IDS, "GET", "/app;v=1/x", "/app;v=1", "/x", null);

    assertThat(reading).isEqualTo(new Reading.Canonical(new Target("GET", "/x"), "GET"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "a/b", "ä", "%41"})
  void refusesNamesOfParametersThatCannotStandInAPath(String name) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(
            () -> TargetPolicy.STRICT.withPathParameters(Set.of(name))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"");
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        arguments("GET", "GET"),
        arguments("HEAD", "GET"),
        arguments("gets", "gets"),
        arguments("DELETE", "DELETE"),
        arguments("*", "*"),
        arguments("M-SEARCH", "M-SEARCH"),
        arguments("!#$%&'*+-.^_`|~09azAZ", "!#$%&'*+-.^_`|~09azAZ"),
        arguments("A".repeat(64), "A".repeat(64)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void keepsTheMethodAndDecidesOnHeadAsGet(String sent, String decidedOn) {
    Reading request = RequestTarget.read(sent, "/x", "", "/x", null);
    Reading dispatched = RequestTarget.readDispatched(sent, "/x", null);

    var expected = new Reading.Canonical(new Target(decidedOn, "/x"), sent);
    assertThat(request).isEqualTo(expected);
    assertThat(dispatched).isEqualTo(expected);
  }

  static Stream<String> noMethods() {
    return Stream.of(
        "",
        " ",
        "GET ",
        "GET,DELETE",
        "GET:",
        "(GET)",
        "GET\u0000",
        "GÉT",
        "GET/",
        "\u007f",
        "{",
        "TRACE",
        "A".repeat(65));
  }

  @ParameterizedTest
  @MethodSource("noMethods")
  void refusesTraceAndWhatIsNoMethod(String method) {
    assertThat(RequestTarget.read(method, "/x", "", "/x", null))
        .isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, "method"));
    assertThat(RequestTarget.readDispatched(method, "/x", null))
        .isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, "method"));
  }

  /** RFC 9110 section 9.1: an application that folds the case would do what no rule has judged. */
  @ParameterizedTest
  @ValueSource(strings = {"get", "Delete", "dELETE", "head", "trace", "Options", "pATCH"})
  void refusesAStandardMethodInAnotherCase(String method) {
    assertThat(RequestTarget.read(method, "/x", "", "/x", null))
        .isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, "another case"));
    assertThat(RequestTarget.readDispatched(method, "/x", null))
        .isInstanceOfSatisfying(Reading.Refused.class, no -> says(no, "another case"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/WEB-INF/page.jsp", "/WEB-INF/a/ä b.jsp", "/WEB-INF/..x", "/WEB-INF/"})
  void seesThatAPathIsReadInOneWay(String path) {
    assertThat(RequestTarget.isReadInOneWay(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/../admin",
        "/WEB-INF/./x",
        "/WEB-INF//x",
        "/WEB-INF/..\\admin",
        "/WEB-INF/%2e%2e/admin",
        "/WEB-INF/..;/admin",
        "/WEB-INF/\u0000",
        ""
      })
  void seesThatAPathMayBeReadInAnotherWay(String path) {
    assertThat(RequestTarget.isReadInOneWay(path)).isFalse();
  }

  @Test
  void refusesARequestWithoutAnything() {
    assertThat(RequestTarget.read(null, null, null, null, null))
        .isInstanceOf(Reading.Refused.class);
    assertThat(RequestTarget.read("GET", null, null, null, null))
        .isInstanceOf(Reading.Refused.class);
    assertThat(RequestTarget.readDispatched(null, null, null)).isInstanceOf(Reading.Refused.class);
  }

  static Stream<Arguments> dispatches() {
    return Stream.of(
        arguments("/x", null, "/x"),
        arguments("/x", "/y", "/x/y"),
        arguments("", "/y/", "/y/"),
        arguments("", null, "/"),
        arguments(null, null, "/"),
        arguments("/WEB-INF/page.jsp", null, "/WEB-INF/page.jsp"),
        arguments("/a b;c%d", null, "/a b;c%d"),
        arguments("x", null, null),
        arguments("/x", "y\u0000", null),
        arguments("/x\u0085", null, null),
        arguments("/x\\y", null, null),
        arguments("/x", "/../y", null),
        arguments("/x", "/.", null),
        arguments("/x", "//y", null),
        arguments("//", null, null),
        arguments("/x/", "/", null));
  }

  @ParameterizedTest
  @MethodSource("dispatches")
  void readsTheTargetOfADispatchFromTheContainerAlone(
      String servletPath, String pathInfo, String path) {
    Reading reading = RequestTarget.readDispatched("POST", servletPath, pathInfo);

    if (path == null) {
      assertThat(reading).isInstanceOf(Reading.Refused.class);
    } else {
      assertThat(reading).isEqualTo(new Reading.Canonical(new Target("POST", path), "POST"));
    }
  }

  @Test
  void handsOnTheContainersOwnStringWhereItCan() {
    String servletPath = "/blueprints";

    Reading reading = RequestTarget.read("GET", "/app/blueprints", "/app", servletPath, null);

    assertThat(((Reading.Canonical) reading).target().path()).isSameAs(servletPath);
  }

  @Test
  void saysWhereTheTroubleIsAndNothingOfWhatWasSent() {
    Reading reading = RequestTarget.read("GET", "/secret%2fvalue", "", "/secret/value", null);

    assertThat(reading)
        .isEqualTo(new Reading.Refused("an encoded slash at character 8 of the path"));
  }
}
