package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingHeadersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "FORWARDED",
        "X-Forwarded-For",
        "x-forwarded-for",
        "X_Forwarded_For",
        "X-Forwarded",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Client-Cert",
        "X-Forwarded-Whatever-Comes-Next",
        "X-Forward-For",
        "Via",
        "X-Real-IP",
        "X-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "Front-End-Https",
        "X-Original-Forwarded-For",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Server-Port",
        "X-ProxyUser-Ip",
        "Proxy-Client-IP",
        "Proxy-Connection",
        "WL-Proxy-Client-IP",
        "Fastly-Client-IP",
        "X-Envoy-External-Address",
        "Client-Cert",
        "Client-Cert-Chain",
        "SSL-Client-Verify",
        "X-SSL-Client-DN",
        "CDN-Loop"
      })
  void knowsTheFieldsThatProxiesAdd(String name) {
    assertThat(ForwardingHeaders.include(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Authorization",
        "Authentication-Token",
        "Accept",
        "Cookie",
        "Origin",
        "Referer",
        "User-Agent",
        "Content-Type",
        "Connection",
        "X-Request-Id",
        "X-Requested-With",
        "X-Client-Version",
        "Tenant",
        "Forward",
        "Viable",
        "traceparent",
        "Sec-Fetch-Site",
        ""
      })
  void leavesTheFieldsOfClientsAlone(String name) {
    assertThat(ForwardingHeaders.include(name)).isFalse();
  }

  /** Case is that of ASCII, whatever the machine speaks. */
  @Test
  void doesNotDependOnALanguage() {
    assertThat(ForwardingHeaders.include("VIA")).isTrue();
    assertThat(ForwardingHeaders.include("V\u0130A")).isFalse();
  }

  @Test
  void findsTheFirstOfARequest() {
    assertThat(ForwardingHeaders.firstOf(List.of("Host", "X-Real-IP", "Via")))
        .contains("X-Real-IP");
    assertThat(ForwardingHeaders.firstOf(List.of("Host", "Accept"))).isEmpty();
  }
}
