package io.sallyport.userstore.jdbc.internal.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.LoginLimits.Limit;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.Grants;
import io.sallyport.userstore.jdbc.JdbcLoginAttemptsFactory;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.UserHost;
import io.sallyport.userstore.jdbc.WatchedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counters in a database do beyond the contract. */
class SharedLoginAttemptsTest {

  private static final int THREADS = 16;
  private static final int FAILURES = 5;
  private static final Duration LOCK = Duration.ofMinutes(15);
  private static final Duration FAMILIAR = Duration.ofDays(30);
  private static final LoginLimits LIMITS = limits(FAILURES, 10_000);
  private static final Account ALICE = new Account("main", "alice");
  private static final Account BOB = new Account("main", "bob");
  private static final String HOME = "192.0.2.1";
  private static final String AFAR = "198.51.100.7";

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private static LoginLimits limits(int failures, int clientFailures) {
    return new LoginLimits(new Limit(failures, LOCK), new Limit(clientFailures, LOCK), FAMILIAR);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Does something on all threads at the same moment. */
  private <T> List<T> atOnce(IntFunction<Callable<T>> task) throws Exception {
    var start = new CyclicBarrier(THREADS);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Callable<T> own = task.apply(i);
      running.add(threads.submit(() -> {
        start.await();
        return own.call();
      }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : running) {
      results.add(each.get());
    }
    return results;
  }

  private static void fail(LoginAttempts node, Account account, String client, int times) {
    for (int i = 0; i < times; i++) {
      node.begin(account, client).failed();
    }
  }

  private static Standing standing(LoginAttempts node, Account account, String client) {
    LoginAttempt attempt = node.begin(account, client);
    attempt.abandoned();
    return attempt.standing();
  }

  // --- many nodes

  @ParameterizedTest
  @EnumSource(Server.class)
  void sixteenWrongLoginsOnTwoNodesLockTheAccountAtExactlyTheConfiguredNumber(Server server)
      throws Exception {
    try (SharedCounters counters = SharedCounters.on(server)) {
      List<LoginAttempts> nodes = List.of(counters.node(LIMITS), counters.node(LIMITS));
      LoginLimits many = limits(THREADS + 1, 100_000);
      List<LoginAttempts> patient = List.of(counters.node(many), counters.node(many));
      for (int round = 0; round < 50; round++) {
        Account account = new Account("main", "user" + round);
        Account other = new Account("main", "other" + round);

        List<LoginAttempt> begun = atOnce(i -> () -> nodes.get(i % 2).begin(account, "c" + i));
        assertThat(begun).filteredOn(a -> a.standing() == Standing.ADMITTED).hasSize(FAILURES);
        atOnce(i -> () -> {
          begun.get(i).failed();
          return true;
        });
        assertThat(nodes).allMatch(node -> node.isLocked(account));

        atOnce(i -> () -> {
          patient.get(i % 2).begin(other, HOME).failed();
          return true;
        });
        assertThat(patient).noneMatch(node -> node.isLocked(other));
        patient.get(0).begin(other, HOME).failed();
        assertThat(patient).allMatch(node -> node.isLocked(other));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoIsAdmittedWhileOthersFailIsNeverMoreThanMayFail(Server server) throws Exception {
    try (SharedCounters counters = SharedCounters.on(server)) {
      List<LoginAttempts> nodes = List.of(counters.node(LIMITS), counters.node(LIMITS));
      for (int round = 0; round < 20; round++) {
        Account account = new Account("main", "user" + round);

        List<Standing> standings = atOnce(i -> () -> {
          LoginAttempt attempt = nodes.get(i % 2).begin(account, "c" + i);
          attempt.failed();
          return attempt.standing();
        });

        assertThat(standings)
            .filteredOn(standing -> standing == Standing.ADMITTED)
            .hasSizeBetween(1, FAILURES);
        assertThat(nodes).allMatch(node -> node.isLocked(account));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void attemptsOfAllKindsAtOnceNeitherWaitInACircleNorLoseAnything(Server server) throws Exception {
    int failures = 50;
    LoginLimits wide = limits(1_000, 1_000_000);
    try (SharedCounters counters = SharedCounters.on(server)) {
      List<LoginAttempts> nodes = List.of(counters.node(wide), counters.node(wide));

      atOnce(i -> () -> {
        Random random = new Random(i);
        for (int n = 0; n < failures; n++) {
          Account account = new Account("main", "user" + random.nextInt(4));
          LoginAttempts node = nodes.get(i % 2);
          LoginAttempt attempt = node.begin(account, "c" + random.nextInt(4));
          LoginAttempt another = node.begin(account, "c" + random.nextInt(4));
          assertThat(List.of(attempt.standing(), another.standing()))
              .containsOnly(Standing.ADMITTED);
          another.abandoned();
          attempt.failed();
          assertThat(node.isLocked(account)).isFalse();
        }
        return true;
      });

      // all that has failed counts, and nothing that has not
      long counted = 0;
      for (int user = 0; user < 4; user++) {
        Account account = new Account("main", "user" + user);
        int more = 0;
        while (!nodes.get(0).isLocked(account)) {
          nodes.get(1).begin(account, AFAR).failed();
          more++;
        }
        counted += 1_000 - more;
      }
      assertThat(counted).isEqualTo((long) THREADS * failures);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void holdsWhereTransactionsAreStricter(Server server) throws Exception {
    try (SharedCounters counters = SharedCounters.on(server)) {
      String isolation = "TRANSACTION_REPEATABLE_READ";
      List<LoginAttempts> nodes =
          List.of(counters.node(LIMITS, isolation), counters.node(LIMITS, isolation));

      List<Boolean> admitted = atOnce(i -> () -> {
        for (int tries = 0; ; tries++) {
          try {
            return nodes.get(i % 2).begin(ALICE, "c" + i).standing() == Standing.ADMITTED;
          } catch (UnavailableException e) {
            // it has lost against the others again and again: nobody passes, and nothing is counted
            assertThat(tries).isLessThan(THREADS);
          }
        }
      });

      assertThat(admitted).filteredOn(each -> each).hasSize(FAILURES);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void newAccountsAndClientsThatComeAtTheSameMomentDoNotHinderEachOther(Server server)
      throws Exception {
    try (SharedCounters counters = SharedCounters.on(server)) {
      List<LoginAttempts> nodes = List.of(counters.node(LIMITS), counters.node(LIMITS));
      for (int round = 0; round < 10; round++) {
        String name = "round" + round;

        List<LoginAttempt> begun = atOnce(i ->
            () -> nodes.get(i % 2).begin(new Account("main", name + i / 2), name + i / 2));

        assertThat(begun).allMatch(each -> each.standing() == Standing.ADMITTED);
      }
      assertThat(counters.number("SELECT COUNT(*) FROM sallyport_attempts")).isEqualTo(160);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatBeginsOnOneNodeIsFamiliarLockedAndUnlockedOnTheOther(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts one = counters.node(LIMITS);
      LoginAttempts other = counters.node(LIMITS);

      one.begin(ALICE, HOME).succeeded();
      fail(one, ALICE, AFAR, FAILURES);

      assertThat(other.begin(ALICE, HOME).isFamiliar()).isTrue();
      assertThat(standing(other, ALICE, AFAR)).isEqualTo(Standing.LOCKED);
      assertThat(other.unlock(ALICE)).isTrue();
      assertThat(standing(one, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    }
  }

  // --- the clock of the database

  @ParameterizedTest
  @EnumSource(Server.class)
  void aClockThatIsSetBackByHoursLengthensNoLockAndForgetsNone(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      fail(node, ALICE, HOME, FAILURES);
      fail(node, BOB, HOME, FAILURES - 1);

      counters.setClock(Duration.ofHours(-5));
      assertThat(node.isLocked(ALICE)).isTrue();
      // the row takes notice of it when it is written
      assertThat(standing(node, ALICE, HOME)).isEqualTo(Standing.LOCKED);
      fail(node, BOB, HOME, 1);
      assertThat(node.isLocked(BOB)).isTrue();

      counters.passTime(LOCK.minusSeconds(30));
      assertThat(node.isLocked(BOB)).isTrue();
      counters.passTime(Duration.ofSeconds(30));
      assertThat(node.isLocked(BOB)).isFalse();
      assertThat(standing(node, BOB, HOME)).isEqualTo(Standing.ADMITTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aClockThatIsALittleBehindGainsNobodyAnything(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      fail(node, ALICE, HOME, FAILURES);

      // as statements that have waited would, one after the other
      for (int i = 0; i < 30; i++) {
        counters.setClock(Duration.ofMinutes(-1));
        fail(node, ALICE, AFAR, 1);
        counters.setClock(Duration.ofMinutes(1));
        fail(node, ALICE, AFAR, 1);
      }

      assertThat(node.isLocked(ALICE)).isTrue();
      counters.passTime(LOCK);
      assertThat(node.isLocked(ALICE)).isFalse();
    }
  }

  // --- the rows

  @ParameterizedTest
  @EnumSource(Server.class)
  void rowsInWhichNothingCountsAreDeletedAndNoOthers(Server server) {
    int flood = 3 * Sweep.AT_ONCE;
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      node.begin(ALICE, HOME).succeeded();
      for (int i = 0; i < flood; i++) {
        node.begin(new Account("main", "user" + i), "c" + i).failed();
      }
      assertThat(counters.number("SELECT COUNT(*) FROM sallyport_attempts"))
          .isGreaterThan(2L * flood);

      counters.passTime(LOCK.plusMinutes(5));
      fail(node, BOB, AFAR, 1);
      fail(node, BOB, AFAR, 2 * flood / Sweep.AT_ONCE + 1);

      // those of Alice, who is at home there, of Bob, and of Bob's client
      assertThat(counters.number("SELECT COUNT(*) FROM sallyport_attempts")).isEqualTo(3);
      assertThat(node.begin(ALICE, HOME).isFamiliar()).isTrue();
      assertThat(node.isLocked(BOB)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aFloodOfInventedNamesHasABoundAndCostsNoUserAnything(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      fail(node, ALICE, HOME, FAILURES - 1);
      RowKeys keys = new RowKeys(new byte[32]);

      long rows = IntStream.range(0, 1_000_000)
          .mapToObj(i -> keys.account(Account.unknown("name" + i)))
          .distinct()
          .count();
      for (int i = 0; i < 50; i++) {
        fail(node, Account.unknown("name" + i), HOME, FAILURES);
      }

      assertThat(rows).isLessThanOrEqualTo(1 << RowKeys.NAME_BITS);
      assertThat(node.isLocked(ALICE)).isFalse();
      fail(node, ALICE, HOME, 1);
      assertThat(node.isLocked(ALICE)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void tellsWhoIsLockedAndNothingOfWhatWasTypedOrWhereItCameFrom(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      node.begin(ALICE, HOME).succeeded();
      fail(node, ALICE, AFAR, FAILURES);
      fail(node, Account.unknown("my password"), AFAR, FAILURES);

      String content = counters.content();

      assertThat(content).contains("alice").doesNotContain("my password", HOME, AFAR);
      assertThat(counters.number("SELECT COUNT(*) FROM sallyport_attempts WHERE userstore = 'main'"
              + " AND user_id = 'alice' AND locked_until > 0"))
          .isEqualTo(1);
      node.unlock(ALICE);
      assertThat(
              counters.number(
                  "SELECT COUNT(*) FROM sallyport_attempts WHERE user_id = 'alice' AND locked_until > 0"))
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void theDocumentedStatementTellsWhoIsLockedNow(Server server) throws Exception {
    String page = Files.readString(Path.of("..", "docs", "databases.md"));
    Matcher statement = Pattern.compile(
            "(SELECT userstore, user_id[^;]*);\\s*-- " + server.name(), Pattern.CASE_INSENSITIVE)
        .matcher(page);
    assertThat(statement.find()).isTrue();
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      fail(node, ALICE, HOME, FAILURES);
      fail(node, BOB, HOME, FAILURES - 1);

      assertThat(counters.number("SELECT COUNT(*) FROM (" + statement.group(1) + ") locked"))
          .isEqualTo(1);
      counters.database().execute("UPDATE sallyport_attempts SET locked_until = 1000");
      assertThat(counters.number("SELECT COUNT(*) FROM (" + statement.group(1) + ") locked"))
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whoeverDeletesTheRowOfAnAccountEndsItsLockAndFreesNoPlaceOfLaterAttempts(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      LoginAttempt early = node.begin(ALICE, HOME);
      LoginAttempt guess = node.begin(ALICE, HOME);
      fail(node, ALICE, HOME, FAILURES);
      assertThat(node.isLocked(ALICE)).isTrue();

      counters.database().execute("DELETE FROM sallyport_attempts WHERE user_id = 'alice'");
      assertThat(node.isLocked(ALICE)).isFalse();
      for (int i = 0; i < FAILURES; i++) {
        node.begin(ALICE, AFAR);
      }
      early.abandoned();
      guess.failed();

      assertThat(standing(node, ALICE, AFAR)).isEqualTo(Standing.LOCKED);
      assertThat(node.isLocked(ALICE)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aRowOfANewerReleaseIsLeftAlone(Server server) {
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS);
      fail(node, ALICE, HOME, 1);
      String other = server == Server.POSTGRESQL ? "'\\x02'" : "X'02'";
      counters
          .database()
          .execute("UPDATE sallyport_attempts SET state = " + other + " WHERE user_id = 'alice'");

      assertThatThrownBy(() -> node.begin(ALICE, HOME))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("version 2");
      assertThatThrownBy(() -> node.isLocked(ALICE)).isInstanceOf(UnavailableException.class);
    }
  }

  // --- what it costs

  @ParameterizedTest
  @EnumSource(Server.class)
  void beginsAndEndsWithTwoStatementsAndAsksNothingOfAClientWithTooManyFailures(Server server) {
    AtomicReference<WatchedSource> watched = new AtomicReference<>();
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(limits(FAILURES, 10), watched::set);
      fail(node, ALICE, HOME, 1);
      watched.get().executed();

      LoginAttempt attempt = node.begin(ALICE, HOME);
      assertThat(watched.get().executed()).hasSize(2);
      attempt.failed();
      assertThat(watched.get().executed()).hasSize(2);
      node.isLocked(ALICE);
      assertThat(watched.get().executed()).hasSize(1);

      fail(node, ALICE, HOME, 8);
      assertThat(standing(node, ALICE, HOME)).isEqualTo(Standing.THROTTLED);
      watched.get().executed();
      counters.passTime(Duration.ofSeconds(10));
      LoginAttempt again = node.begin(BOB, HOME);
      assertThat(again.standing()).isEqualTo(Standing.THROTTLED);
      assertThat(again.retryAfter())
          .isBetween(LOCK.minusSeconds(20), LOCK.plusMinutes(1).minusSeconds(10));
      assertThat(watched.get().executed()).isEmpty();
    }
  }

  // --- when the database is away

  @ParameterizedTest
  @EnumSource(Server.class)
  void cannotTellWhileTheDatabaseIsAwayAndGoesOnWhenItIsBack(Server server) {
    AtomicReference<WatchedSource> watched = new AtomicReference<>();
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts node = counters.node(LIMITS, watched::set);
      LoginAttempt succeeding = node.begin(ALICE, HOME);
      LoginAttempt failing = node.begin(ALICE, HOME);
      watched.get().setAway(true);

      List<Runnable> calls = List.of(
          () -> node.begin(ALICE, HOME),
          () -> node.isLocked(ALICE),
          () -> node.unlock(ALICE),
          succeeding::succeeded,
          failing::failed);
      assertThat(calls)
          .allSatisfy(
              call -> assertThatThrownBy(call::run).isInstanceOf(UnavailableException.class));

      watched.get().setAway(false);
      UserHost.await(() -> answers(node));
      // their ends are lost, so both go on counting
      assertThat(node.begin(ALICE, HOME).isFamiliar()).isFalse();
      fail(node, ALICE, HOME, FAILURES - 3);
      assertThat(standing(node, ALICE, HOME)).isEqualTo(Standing.LOCKED);
      failing.failed();
      assertThat(node.isLocked(ALICE)).isFalse();
      counters.passTime(LOCK.plusMinutes(2));
      assertThat(standing(node, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    }
  }

  private static boolean answers(LoginAttempts node) {
    try {
      node.isLocked(BOB);
      return true;
    } catch (UnavailableException e) {
      return false;
    }
  }

  // --- as it is configured

  @ParameterizedTest
  @EnumSource(Server.class)
  void isMadeOfTheSameWordsAsCountersInMemory(Server server) {
    UserHost host = UserHost.on(server.open());

    LoginAttempts node = host.store(
        settings -> new JdbcLoginAttemptsFactory().create(settings, host),
        "create_schema: true",
        "failed_logins_before_account_lock: 2",
        "account_lock_period: 90s",
        "client_failures: -1",
        "client_window: 1m",
        "familiar_for: 1d");

    fail(node, ALICE, HOME, 1);
    assertThat(node.isLocked(ALICE)).isFalse();
    fail(node, ALICE, HOME, 1);
    assertThat(node.isLocked(ALICE)).isTrue();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(LoginAttemptsFactory.class))
        .extracting(LoginAttemptsFactory::name)
        .contains("jdbc");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void needsNoMoreThanTheDocumentedPrivileges(Server server) throws Exception {
    TestDatabase database = server.open();
    open(database, "create_schema: true").close();
    LoginAttempts node = open(database.withRole(Grants.documented("attempts")));

    node.begin(ALICE, HOME).succeeded();
    fail(node, ALICE, AFAR, FAILURES);
    node.begin(BOB, HOME).abandoned();
    database.execute("UPDATE sallyport_attempts SET expires_at = 0 WHERE user_id = 'bob'");
    // a node sweeps with the first of its attempts
    LoginAttempts another = open(database.withRole(Grants.documented("attempts")));
    another.begin(Account.unknown("nobody"), HOME).failed();

    assertThat(node.isLocked(ALICE)).isTrue();
    assertThat(another.unlock(ALICE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void saysAtTheStartWhatIsNotGranted(Server server) {
    TestDatabase database = server.open();
    open(database, "create_schema: true").close();
    TestDatabase reader = database.withRole(
        "GRANT SELECT ON sallyport_schema TO sallyport",
        "GRANT SELECT, INSERT, UPDATE ON sallyport_attempts TO sallyport",
        "GRANT SELECT, INSERT ON sallyport_attempt_key TO sallyport");

    var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> open(reader));

    assertThat(refusal)
        .hasMessageContaining("SELECT, INSERT, UPDATE and DELETE on sallyport_attempts");
  }

  private static LoginAttempts open(TestDatabase database, String... properties) {
    UserHost host = UserHost.on(database);
    return host.store(settings -> JdbcLoginAttempts.open(settings, host), properties);
  }

  /** Clients that send a password with each request. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void oneStatementTellsEachNodeThatNothingNeedsToBeCounted(Server server) {
    AtomicReference<WatchedSource> watched = new AtomicReference<>();
    try (SharedCounters counters = SharedCounters.on(server)) {
      LoginAttempts first = counters.node(LIMITS);
      LoginAttempts second = counters.node(LIMITS, watched::set);
      first.begin(ALICE, HOME).succeeded();
      second.isSettled(ALICE, HOME);
      watched.get().executed();

      assertThat(second.isSettled(ALICE, HOME)).isTrue();

      assertThat(watched.get().executed()).hasSize(1);
      counters.passTime(FAMILIAR.dividedBy(30));
      assertThat(second.isSettled(ALICE, HOME)).isFalse();
      second.begin(ALICE, HOME).succeeded();
      assertThat(first.isSettled(ALICE, HOME)).isTrue();
      second.begin(ALICE, HOME).failed();
      assertThat(first.isSettled(ALICE, HOME)).isFalse();
    }
  }
}
