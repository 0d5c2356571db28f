package io.sallyport.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a peer must do with tokens before it is timed; a filter that lets everybody in would be the fastest. */
final class TokenChecks {

  private TokenChecks() {}

  static void of(Exchange exchange, String token) {
    expect(200, exchange, "/public/logo.png", null, "");
    expect(401, exchange, "/api/items", null, null);
    expect(200, exchange, "/api/items", token, "user0");
    expect(401, exchange, "/api/items", withOtherSignature(token), null);
    expect(401, exchange, "/api/items", withoutSignature(token), null);
    expect(200, exchange, "/api/items", token, "user0");
  }

  private static String withOtherSignature(String token) {
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static void expect(
      int status, Exchange exchange, String path, @Nullable String token, @Nullable String user) {
    int got = exchange.get(path, token == null ? null : "Bearer " + token);
    if (got != status || !Objects.equals(exchange.user(), user)) {
      throw new IllegalStateException(
          "expected " + status + " and " + user + ", got " + got + " and " + exchange.user());
    }
  }
}
