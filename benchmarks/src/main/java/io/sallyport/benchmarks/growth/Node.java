package io.sallyport.benchmarks.growth;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.benchmarks.database.Parts;
import io.sallyport.benchmarks.database.Postgres;
import io.sallyport.benchmarks.database.Samples;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What one application server has: a pool of its own, and a store of each kind with its pollers. */
final class Node implements AutoCloseable {

  /** How many tokens are noted as used at once. */
  static final int TOUCHED = 20;

  static final int CONNECTIONS = 4;

  private final String name;
  private final int users;
  private final HikariDataSource pool;
  private final Userstore userstore;
  private final TokenStore tokens;
  private final LoginAttempts attempts;
  private final AtomicInteger made = new AtomicInteger();

  private Node(String name, int users, HikariDataSource pool) {
    this.name = name;
    this.users = users;
    this.pool = pool;
    Parts parts = new Parts(pool);
    this.userstore = parts.users(Map.of());
    this.tokens = parts.tokens(Map.of("max_tokens", "10000000"));
    this.attempts = parts.attempts(Map.of());
  }

  /** Starts one where users and tokens are already. */
  static Node start(String name, Postgres database, int users) {
    return new Node(name, users, database.pool(CONNECTIONS));
  }

  /** Does one thing for one of the users. */
  void perform(Operation operation, SplittableRandom random) {
    int user = random.nextInt(users);
    switch (operation) {
      case SIGNED_TOKEN -> {
        tokens.isRevoked(Samples.signed(name + "-none"), Samples.owner(user));
        Samples.require(userstore.findUserById("" + (user + 1)));
      }
      case STORED_TOKEN -> {
        Samples.require(tokens.find("t" + user));
        Samples.require(userstore.findUserById("" + (user + 1)));
      }
      case RIGHT_LOGIN -> rightLogin(user);
      case FAILED_LOGIN -> attempts.begin(account(user), client(random)).failed();
      case ISSUE -> tokens.save(Samples.stored(name + "-" + made.incrementAndGet(), user));
      case REVOKE -> revoke(name + "-signed-" + made.incrementAndGet());
      case TOUCH -> tokens.touch(used(random));
    }
  }

  private void rightLogin(int user) {
    // a person signs in from where that person is
    var attempt = attempts.begin(account(user), "192.0.2." + user % 250);
    Samples.require(userstore.findUser("user" + user));
    attempt.succeeded();
  }

  private static Account account(int user) {
    return new Account("main", "" + (user + 1));
  }

  private static String client(SplittableRandom random) {
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
  }

  private Map<String, Instant> used(SplittableRandom random) {
    Map<String, Instant> used = new HashMap<>();
    for (int i = 0; i < TOUCHED; i++) {
      used.put("t" + random.nextInt(users), Samples.now());
    }
    return used;
  }

  /** Ends a signed token, here and so everywhere. */
  void revoke(String token) {
    tokens.revoke(token, Samples.now().plus(Duration.ofMinutes(10)));
  }

  /** Whether a signed token is refused here. A node that cannot tell refuses it too, but knows nothing of it. */
  boolean knowsRevoked(String token) {
    try {
      return tokens.isRevoked(Samples.signed(token), Samples.owner(0));
    } catch (UnavailableException e) {
      return false;
    }
  }

  @Override
  public void close() {
    attempts.close();
    tokens.close();
    userstore.close();
    pool.close();
  }
}
