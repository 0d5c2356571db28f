package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two requests never share an identity, however they are mixed and whatever threads they run on. */
class IdentityIT {

  private static final Pattern TOKEN = Pattern.compile("\"value\":\"([^\"]+)\"");
  private static final int CONNECTIONS = 12;
  private static final int REQUESTS = Integer.getInteger("identity.requests.per.connection", 80);

  /** A caller, and how they say who they are. */
  private record Known(String name, List<String> fields) {}

  /** A request and what its answer must be for a caller. */
  private record Exercise(String target, String answer) {

    String answerFor(Known caller) {
      return answer.replace("@", caller.name());
    }
  }

  private static final List<Exercise> CLOSED = List.of(
      new Exercise("/api/exercise/who", "@ GET"),
      new Exercise("/api/exercise/bare", "later @"),
      new Exercise("/api/exercise/bare?pause=7", "later @"),
      new Exercise("/api/exercise/asked?pause=3", "later @"),
      new Exercise("/api/exercise/own", "later @"),
      new Exercise("/api/exercise/kept", "later @"),
      new Exercise("/api/exercise/again?pause=2", "ASYNC @;"),
      new Exercise("/api/exercise/async?to=/api/exercise/x", "ASYNC @;"),
      new Exercise("/api/exercise/async-own?to=/api/exercise/x", "ASYNC @;"),
      new Exercise("/api/exercise/forward?to=/api/exercise/x", "FORWARD @;"),
      new Exercise("/api/exercise/include?to=/api/exercise/x", "left over;INCLUDE @;"),
      new Exercise("/public/exercise/forward?to=/api/exercise/x", "FORWARD @;"),
      new Exercise("/public/exercise/async?to=/api/exercise/x", "ASYNC @;"),
      new Exercise("/api/exercise/stream", "@\n".repeat(200)),
      new Exercise(
          "/api/exercise/events",
          "data: 1 @\n\ndata: 2 @\n\ndata: 3 @\n\ndata: 4 @\n\ndata: 5 @\n\n"));

  private static final List<Exercise> OPEN = List.of(
      new Exercise("/public/exercise/who", "- GET"),
      new Exercise("/public/exercise/bare?pause=4", "later -"),
      new Exercise("/public/exercise/kept", "later -"),
      new Exercise("/public/exercise/include?to=/public/exercise/x", "left over;INCLUDE -;"));

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void isNeverSharedByTwoRequests(Container container) throws Exception {
    HostFolder folder = HostFolder.make(container + "-identity");
    try (HostProcess host = HostProcess.secured(container, Mode.DEFAULT, folder)) {
      assertNoneIsShared(host);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @EnabledForJreRange(min = JRE.JAVA_21)
  void isNeverSharedByTwoRequestsOnVirtualThreads(Container container) throws Exception {
    HostFolder folder = HostFolder.make(container + "-identity-virtual");
    try (HostProcess host = HostProcess.onVirtualThreads(container, folder)) {
      assertThat(get(host, "/public/exercise/virtual")).isEqualTo("true");
      assertNoneIsShared(host);
    }
  }

  private static void assertNoneIsShared(HostProcess host) throws Exception {
    List<Known> callers = new ArrayList<>();
    callers.add(byToken(host, "alice", "alice-Pass-1"));
    callers.add(byToken(host, "bob", "bob-Pass-2"));
    callers.add(byToken(host, "nora", "nora-Pass-6"));
    callers.add(new Known("root", List.of(RawClient.basic("root", "root-Pass-3"))));
    ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);

    List<Future<List<String>>> wrong = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      wrong.add(clients.submit(oneConnection(host, callers, i)));
    }

    for (Future<List<String>> ofConnection : wrong) {
      assertThat(ofConnection.get()).isEmpty();
    }
    clients.shutdown();
    assertThat(get(host, "/public/exercise/mixed-up")).isEqualTo("0");
  }

  /** Another caller with each request, on one connection; the answers that were not theirs. */
  private static Callable<List<String>> oneConnection(
      HostProcess host, List<Known> callers, int seed) {
    return () -> {
      Random random = new Random(seed);
      List<String> wrong = new ArrayList<>();
      RawClient client = new RawClient(host.port());
      for (int i = 0; i < REQUESTS; i++) {
        Known caller = callers.get(random.nextInt(callers.size()));
        List<Exercise> exercises = random.nextInt(5) == 0 ? OPEN : CLOSED;
        Exercise exercise = exercises.get(random.nextInt(exercises.size()));
        RawAnswer answer =
            client.send("GET", exercise.target(), "", caller.fields().toArray(String[]::new));
        if (answer.status() != 200 || !answer.body().equals(exercise.answerFor(caller))) {
          wrong.add(caller.name() + " " + exercise.target() + ": " + answer);
        }
        if (!answer.isWhole() || answer.field("Connection").contains("close")) {
          client.close();
          client = new RawClient(host.port());
        }
      }
      client.close();
      return wrong;
    };
  }

  private static Known byToken(HostProcess host, String name, String password) throws Exception {
    RawAnswer answer =
        RawClient.once(host.port(), "GET", "/tokens", RawClient.basic(name, password));
    Matcher token = TOKEN.matcher(answer.body());
    assertThat(token.find()).as(answer.toString()).isTrue();
    return new Known(name, List.of("Authorization: Bearer " + token.group(1)));
  }

  private static String get(HostProcess host, String target) throws Exception {
    return RawClient.once(host.port(), "GET", target).body();
  }
}
