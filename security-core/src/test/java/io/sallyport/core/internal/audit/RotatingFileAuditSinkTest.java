package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileAuditSinkTest {

  private static final int THREADS = 16;
  private static final int RECORDS_EACH = 250;
  private static final long SIZE = 8 * 1024;

  private static final Pattern WHOLE_LINE = Pattern.compile("\\{.*\"path\":\"/r/([0-9]+)\".*}");

  private final AdjustableClock clock = new AdjustableClock();

  @TempDir
  private Path folder;

  @Test
  void writesALineBeforeItReturns() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFileAuditSink sink = sink(path, AuditLevel.INFO)) {
      sink.record(refusal(1));

      assertThat(path).content().contains("\"decision\":\"p7-1\"").endsWith("}\n");
    }
  }

  @Test
  void leavesOutWhatIsNotGraveEnough() {
    Path path = folder.resolve("audit.log");

    try (RotatingFileAuditSink sink = sink(path, AuditLevel.INFO)) {
      sink.record(Decisions.request(1).end(Outcome.OPEN, "open"));
    }

    assertThat(path).isEmptyFile();
  }

  @Test
  void invariant8LosesAndSplitsNoLineThoughManyThreadsRotateTheFile() throws Exception {
    Path path = folder.resolve("audit.log");

    try (RotatingFileAuditSink sink = sink(path, AuditLevel.INFO)) {
      recordFromManyThreads(sink);
    }

    List<Path> files = files();
    assertThat(files)
        .hasSizeGreaterThan(50)
        .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(SIZE));
    assertThat(idsIn(files))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, THREADS * RECORDS_EACH).boxed().toList());
  }

  @Test
  void writesThoughTheThreadIsInterrupted() {
    Path path = folder.resolve("audit.log");

    try (RotatingFileAuditSink sink = sink(path, AuditLevel.INFO)) {
      Thread.currentThread().interrupt();
      sink.record(refusal(1));
      boolean interrupted = Thread.interrupted();
      sink.record(refusal(2));

      assertThat(interrupted).isTrue();
    }
    assertThat(path).content().contains("\"path\":\"/r/1\"", "\"path\":\"/r/2\"");
  }

  @Test
  void invariant8SaysThatItIsUnavailableWhereALineCannotBeWritten() throws IOException {
    Path path = folder.resolve("logs/audit.log");

    try (RotatingFileAuditSink sink = sink(path, AuditLevel.INFO)) {
      Files.delete(path);
      Files.delete(path.getParent());
      Files.writeString(path.getParent(), "a file where the folder was");
      clock.advance(Duration.ofSeconds(1));

      assertThatThrownBy(() -> sink.record(refusal(1)))
          .isInstanceOfSatisfying(
              UnavailableException.class,
              e -> assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)))
          .hasMessageContaining(path.toString());
    }
  }

  @Test
  void dropsNoRecordOfARequestThatOutlivesIt() {
    Path path = folder.resolve("audit.log");
    RotatingFileAuditSink sink = sink(path, AuditLevel.INFO);

    sink.close();

    assertThatThrownBy(() -> sink.record(refusal(1))).isInstanceOf(UnavailableException.class);
  }

  private static void recordFromManyThreads(RotatingFileAuditSink sink) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      var start = new CountDownLatch(1);
      List<Future<Void>> runs = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int first = i * RECORDS_EACH;
        Callable<Void> run = () -> {
          start.await();
          IntStream.range(first, first + RECORDS_EACH)
              .forEach(number -> sink.record(refusal(number)));
          return null;
        };
        runs.add(executor.submit(run));
      }
      start.countDown();
      for (Future<Void> run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static List<Integer> idsIn(List<Path> files) throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = WHOLE_LINE.matcher(line);
        assertThat(matcher.matches()).as("a whole line: %s", line).isTrue();
        ids.add(Integer.valueOf(matcher.group(1)));
      }
    }
    return ids;
  }

  private static Decision refusal(int number) {
    return Decisions.request(number, "GET", "/r/" + number).end(Outcome.UNAUTHENTICATED, "why");
  }

  private RotatingFileAuditSink sink(Path path, AuditLevel level) {
    try {
      return new RotatingFileAuditSink(
          level, new JsonLayout(), RotatingFile.open(path, new RotationLimits(SIZE, 1000), clock));
    } catch (IOException e) {
      throw new AssertionError("the folder of the test can be written to", e);
    }
  }
}
