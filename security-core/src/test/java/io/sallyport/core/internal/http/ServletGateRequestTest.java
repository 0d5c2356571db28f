package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Dispatch;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.TargetPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
          case "getRequestURI" -> "/a%2fb";
          default -> null;
        });
  }

  private static ServletGateRequest read(HttpServletRequest request, Dispatch dispatch) {
    RequestState state = RequestState.begin(request, new DecisionIds().next(), 0);
    return ServletGateRequest.read(request, dispatch, state, TargetPolicy.STRICT);
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
}
