package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginLimits;
import io.sallyport.testkit.LoginAttemptsContract;
import io.sallyport.userstore.jdbc.Server;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a database; the servers follow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcLoginAttemptsContract extends LoginAttemptsContract {

  private final Server server;
  private SharedCounters counters;

  JdbcLoginAttemptsContract(Server server) {
    this.server = server;
  }

  @BeforeAll
  void open() {
    counters = SharedCounters.on(server);
  }

  @AfterAll
  void close() {
    if (counters != null) {
      counters.close();
    }
  }

  @Override
  protected LoginAttempts attempts(LoginLimits limits) {
    counters.clear();
    return counters.another(limits);
  }

  @Override
  protected void passTime(Duration time) {
    counters.passTime(time);
  }
}
