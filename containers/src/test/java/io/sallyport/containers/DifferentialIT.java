package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated targets: whatever servlet the container reaches, the decision was made for that servlet's path,
 * by the rule that speaks for it.
 *
 * <p>{@code differential.targets} says how many a container gets, {@code differential.seed} which ones.
 */
class DifferentialIT {

  private static final int TARGETS = Integer.getInteger("differential.targets", 20_000);
  private static final long SEED = Long.getLong("differential.seed", 20261123);
  private static final int CONNECTIONS = 16;
  private static final int AT_ONCE = 1_000;
  private static final Pattern TARGET_OF_CORPUS =
      Pattern.compile("\"[A-Z]+ (\\$\\{base}[^ \"\\\\]*) HTTP/1\\.1");

  private static final Pattern NAMED_ROW =
      Pattern.compile("^(?:\\|[^|\\n]*){3}\\| `([a-z0-9_]+)` \\|[^|\\n]*\\|$", Pattern.MULTILINE);

  /** One way to run a container. */
  private record Setting(Container container, Mode mode, boolean everythingPermitted) {

    String name() {
      return "differential-" + container + "-" + mode + (everythingPermitted ? "-permitted" : "");
    }

    /**
     * Only Tomcat stands requests that come before the answers to those before them: Undertow refuses sound
     * ones along with others, and Jetty 12.0 releases a buffer twice and, rarely, leaves a connection
     * without an answer.
     */
    int atATime() {
      return container == Container.TOMCAT_10_1 || container == Container.TOMCAT_11_0 ? 24 : 1;
    }

    /** See {@link TargetSender.Answer.Garbled}. */
    boolean mayGarble() {
      return container == Container.JETTY_12_1_EE10 || container == Container.JETTY_12_1_EE11;
    }

    @Override
    public String toString() {
      return container + ", " + mode + (everythingPermitted ? ", everything permitted" : "");
    }
  }

  private static Stream<Setting> settings() {
    return Stream.of(Container.values())
        .flatMap(container -> Stream.of(
            new Setting(container, Mode.DEFAULT, false),
            new Setting(container, Mode.CONTEXT, false),
            new Setting(container, Mode.CONTEXT, true),
            new Setting(container, Mode.LENIENT, false),
            new Setting(container, Mode.LENIENT, true)));
  }

  /** Invariant 3. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void decidesForThePlaceThatIsReached(Setting setting) throws Exception {
    HostFolder folder = HostFolder.make(setting.name());
    Files.writeString(
        folder.securityFile(), rules() + (setting.everythingPermitted() ? everything() : ""));
    long start = System.nanoTime();

    Tally tally;
    try (HostProcess host = HostProcess.places(setting.container(), setting.mode(), folder)) {
      tally = send(host.port(), setting);
    }

    report(setting, tally, Duration.ofNanos(System.nanoTime() - start));
    assertThat(tally.failures()).as("seed %s, %s", SEED, setting).isEmpty();
    assertThat(tally.reached()).isGreaterThan(tally.sent() / 20);
    assertThat(tally.refused()).isPositive();
    assertThat(tally.garbled())
        .isLessThanOrEqualTo(setting.mayGarble() ? 3 + tally.sent() / 50_000 : 0);
    assertThat(tally.places())
        .containsExactlyInAnyOrderElementsOf(Stream.of(Place.values())
            .filter(place -> !place.isClosed())
            .map(Place::name)
            .toList());
  }

  /** Every row of the table in docs/http.md that has a name. */
  private static String everything() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("docs.folder"), "http.md"));
    List<String> names =
        NAMED_ROW.matcher(page).results().map(row -> row.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(10);
    return "permitted_targets: " + names + "\n";
  }

  private static String rules() throws IOException {
    try (InputStream rules = DifferentialIT.class.getResourceAsStream("differential.yaml")) {
      return new String(Objects.requireNonNull(rules).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Tally send(int port, Setting setting)
      throws IOException, InterruptedException, ExecutionException {
    String contextPath = setting.mode().contextPath();
    List<String> corpus = corpus(contextPath);
    int settings = (int) settings().count() / Container.values().length;
    int each = TARGETS / settings / CONNECTIONS;
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Tally>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        var generator = new TargetGenerator(SEED + i, contextPath, corpus);
        parts.add(threads.submit(() -> send(port, setting.atATime(), generator, each)));
      }
      var all = new Tally();
      for (Future<Tally> part : parts) {
        all.plus(part.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Tally send(int port, int atATime, TargetGenerator generator, int count)
      throws IOException {
    var tally = new Tally();
    try (TargetSender sender = new TargetSender(port, atATime)) {
      for (int left = count; left > 0; left -= AT_ONCE) {
        List<byte[]> targets =
            Stream.generate(generator::next).limit(Math.min(left, AT_ONCE)).toList();
        sender.send(targets, tally::add);
      }
    }
    return tally;
  }

  /** The targets of the corpus, led to our places. */
  private static List<String> corpus(String contextPath) throws IOException {
    return TARGET_OF_CORPUS
        .matcher(Files.readString(Corpus.configured().file()))
        .results()
        .map(found -> found
            .group(1)
            .replace("${base}", contextPath)
            .replace("private", "closed")
            .replace("public", "area")
            .replace("admin", "area/closed")
            .replace("api", "area/inner")
            .replace("version", "exact"))
        .distinct()
        .toList();
  }

  private static void report(Setting setting, Tally tally, Duration time) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "differential"));
    String row = "| " + setting + " | " + tally.row() + " | " + time.toSeconds() + " s |\n";
    Files.writeString(
        folder.resolve("seed-" + SEED + ".md"),
        row,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
