package io.sallyport.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a peer must do before it is timed; a filter that lets everybody in would be the fastest. */
final class Checks {

  /** How many users were used up. */
  static final int USED = 2;

  private Checks() {}

  static void of(Exchange exchange) {
    String good = Accounts.basic("user0", Accounts.PASSWORD);
    expect(200, exchange, "/public/logo.png", null, "");
    expect(401, exchange, "/api/items", null, null);
    expect(401, exchange, "/api/items", Accounts.basic("user1", "wrong password"), null);
    expect(401, exchange, "/api/items", Accounts.basic("nobody", Accounts.PASSWORD), null);
    expect(200, exchange, "/api/items", good, "user0");
    expect(200, exchange, "/api/items", good, "user0");
  }

  private static void expect(
      int status,
      Exchange exchange,
      String path,
      @Nullable String authorization,
      @Nullable String user) {
    int got = exchange.get(path, authorization);
    if (got != status || !Objects.equals(exchange.user(), user)) {
      throw new IllegalStateException(
          "expected " + status + " and " + user + ", got " + got + " and " + exchange.user());
    }
  }
}
