package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Dispatch;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.TargetPolicy;
import io.sallyport.core.internal.transport.Arrivals;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServletGateRequestTest {

  /** As Jetty does under UriCompliance.UNSAFE, unless it is told to decode ambiguous URIs. */
  private static HttpServletRequest untold() {
    return new HttpServletRequestWrapper(empty()) {
      @Override
      public String getServletPath() {
        throw new IllegalArgumentException("Ambiguous URI encoding");
      }
    };
  }

  private static HttpServletRequest empty() {
    return (HttpServletRequest) Proxy.newProxyInstance(
        ServletGateRequestTest.class.getClassLoader(),
        new Class<?>[] {HttpServletRequest.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getMethod" -> "GET";
          case "isSecure" -> false;
          case "getRequestURI" -> "/a%2fb";
          default -> null;
        });
  }

  private static ServletGateRequest read(HttpServletRequest request, Dispatch dispatch) {
    RequestState state = RequestState.begin(request, new DecisionIds().next(), 0);
    return ServletGateRequest.read(
        request, dispatch, state, TargetPolicy.STRICT, new Arrivals(null));
  }

  /** Invariant 3, and 8: the gate refuses it and writes that down, instead of the container. */
  @ParameterizedTest
  @EnumSource(
      value = Dispatch.class,
      names = {"REQUEST", "FORWARD", "ASYNC"})
  void refusesATargetWhosePathTheContainerDoesNotTell(Dispatch dispatch) {
    ServletGateRequest request = read(untold(), dispatch);

    assertThat(request.reading()).isInstanceOf(Reading.Refused.class);
    assertThat(request.rawTarget()).isEqualTo("/a%2fb");
  }

  @Test
  void refusesAnAddressWithoutAnything() {
    ServletGateRequest request = read(empty(), Dispatch.REQUEST);

    assertThat(request.reading()).isInstanceOf(Reading.Refused.class);
    assertThat(request.remoteAddress()).isEqualTo("unknown");
  }

  /** What has no path is not taken for the root. */
  @Test
  void refusesAnIncludeThatHasNoPath() {
    ServletGateRequest request = read(empty(), Dispatch.INCLUDE);

    assertThat(request.reading()).isInstanceOf(Reading.Refused.class);
  }

  /** A refusal is made before anything that can throw, whatever it is that a container cannot tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "getMethod",
        "getRequestURI",
        "getContextPath",
        "getServletPath",
        "getPathInfo",
        "getHttpServletMapping",
        "getRemoteAddr"
      })
  void neverThrowsWhatAContainerThrows(String failing) {
    HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
        ServletGateRequestTest.class.getClassLoader(),
        new Class<?>[] {HttpServletRequest.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals(failing)) {
            throw new UnsupportedOperationException("as some containers do");
          }
          return switch (method.getName()) {
            case "getMethod" -> "GET";
            case "getRequestURI", "getServletPath" -> "/a";
            default -> null;
          };
        });

    ServletGateRequest read = read(request, Dispatch.REQUEST);

    if (failing.equals("getRemoteAddr")) {
      assertThat(read.reading()).isInstanceOf(Reading.Canonical.class);
      assertThat(read.remoteAddress()).isEqualTo("unknown");
    } else {
      assertThat(read.reading())
          .isEqualTo(new Reading.Refused("a target of which the container does not tell the path"));
    }
    assertThat(read.rawMethod()).isEqualTo(failing.equals("getMethod") ? "" : "GET");
    assertThat(read.rawTarget()).isEqualTo(failing.equals("getRequestURI") ? "" : "/a");
  }

  private record Exactly(String getPattern) implements HttpServletMapping {

    @Override
    public MappingMatch getMappingMatch() {
      return MappingMatch.EXACT;
    }

    @Override
    public String getMatchValue() {
      return "";
    }

    @Override
    public String getServletName() {
      return "";
    }
  }

  private static HttpServletRequest mapped(String own, String included) {
    return (HttpServletRequest) Proxy.newProxyInstance(
        ServletGateRequestTest.class.getClassLoader(),
        new Class<?>[] {HttpServletRequest.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getMethod" -> "GET";
          case "getRequestURI", "getServletPath" -> "/a";
          case "getHttpServletMapping" -> new Exactly(own);
          case "getAttribute" ->
            switch ((String) arguments[0]) {
              case RequestDispatcher.INCLUDE_SERVLET_PATH -> "/b";
              case RequestDispatcher.INCLUDE_MAPPING -> new Exactly(included);
              default -> null;
            };
          default -> null;
        });
  }

  /** Undertow tells the mapping of the including servlet for that of the included one. */
  @Test
  void comparesNoPathThatIsIncludedWithTheMappingOfTheIncludingServlet() {
    ServletGateRequest request = read(mapped("/a", "/a"), Dispatch.INCLUDE);

    assertThat(request.reading()).isInstanceOf(Reading.Canonical.class);
  }

  /** Invariant 3. */
  @ParameterizedTest
  @CsvSource({
    "REQUEST, /a, true",
    "REQUEST, /b, false",
    "FORWARD, /a, true",
    "FORWARD, /b, false",
    "ASYNC,   /a, true",
    "ASYNC,   /b, false",
    "INCLUDE, /b, true",
    "INCLUDE, /a, false",
  })
  void refusesAPathToWhichTheMappingCannotHaveLed(Dispatch dispatch, String pattern, boolean read) {
    RequestState state = RequestState.begin(empty(), new DecisionIds().next(), 0);
    TargetPolicy permitted = TargetPolicy.STRICT.withPermitted(Set.of("mismatched_mapping"));

    HttpServletRequest request =
        mapped(dispatch == Dispatch.INCLUDE ? "/including" : pattern, pattern);
    Arrivals arrivals = new Arrivals(null);

    Reading strict = ServletGateRequest.read(
            request, dispatch, state, TargetPolicy.STRICT, arrivals)
        .reading();
    Reading lenient =
        ServletGateRequest.read(request, dispatch, state, permitted, arrivals).reading();

    assertThat(strict instanceof Reading.Canonical).isEqualTo(read);
    assertThat(lenient).isInstanceOf(Reading.Canonical.class);
  }

  /** Invariant 3: Undertow gives a request without a path to the default servlet. */
  @ParameterizedTest
  @CsvSource({
    "DEFAULT,      true,  false",
    "PATH,         true,  false",
    "CONTEXT_ROOT, true,  true",
    "DEFAULT,      false, true",
  })
  void takesNoPathForTheRootWhereThatIsAnotherServlets(
      MappingMatch kind, boolean rootIsMapped, boolean read) {
    ServletRegistration root = proxy(
        ServletRegistration.class,
        Map.of("getMappings", rootIsMapped ? Set.of("/a", "") : Set.of("/a")));
    ServletContext context =
        proxy(ServletContext.class, Map.of("getServletRegistrations", Map.of("servlet", root)));
    HttpServletMapping mapping = proxy(
        HttpServletMapping.class,
        Map.of("getMappingMatch", kind, "getPattern", kind == MappingMatch.PATH ? "/*" : "/"));
    HttpServletRequest request = proxy(
        HttpServletRequest.class,
        Map.of(
            "getMethod", "GET",
            "getRequestURI", "/app",
            "getContextPath", "/app",
            "getServletContext", context,
            "getHttpServletMapping", mapping));

    Reading reading = read(request, Dispatch.REQUEST).reading();

    assertThat(reading instanceof Reading.Canonical).isEqualTo(read);
  }

  private static <T> T proxy(Class<T> type, Map<String, ?> answers) {
    return type.cast(Proxy.newProxyInstance(
        ServletGateRequestTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
