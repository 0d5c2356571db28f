package io.sallyport.authprovider.token.internal.store;

import io.sallyport.authprovider.token.internal.store.Change.Touched;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds all in memory, and in a file that several processes may share.
 *
 * <p>One thread reads and writes the file: it enters what was asked for in the meantime in one go, and looks
 * what others have entered. Whoever waits for it can be interrupted without harm to the file.
 *
 * <p>If the file could not be looked at for longer than the staleness and {@link #GRACE}, nobody is told
 * anything: something may have been revoked.
 */
public final class FileLedger implements Ledger {

  /** For how long a reading may be late before nothing is said any more. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(FileLedger.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_LOCK = Duration.ofSeconds(3);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration FORGETS_EVERY = Duration.ofMinutes(1);
  private static final Duration TOUCHES_EVERY = Duration.ofSeconds(10);
  private static final Duration REWRITES_EVERY = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 1000;

  private final JournalPlace place;
  private final JournalLock lock;
  private final Journal journal;
  private final InstantSource clock;
  private final Duration staleness;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(10 * MOST_AT_ONCE);
  private final Map<String, Instant> touched = new ConcurrentHashMap<>();
  private final Thread keeper;

  private volatile TokenTable table = new TokenTable();
  private volatile long freshAt;
  private volatile boolean closed;
  private volatile String trouble = "";

  private long lookedAt;
  private long forgotAt;
  private long touchedAt;
  private long failedAt;
  private long rewrittenAt;
  private long pausedAt;

  /** What somebody waits for. */
  private static final class Entry extends CompletableFuture<Boolean> {
    private final Decision decision;

    private Entry(Decision decision) {
      this.decision = decision;
    }
  }

  /**
   * Opens a journal, which is made if there is none.
   *
   * @param file the journal
   * @param staleness after what time this process sees what others have entered
   * @throws IOException if it cannot be used; the message says why and what to do
   */
  public FileLedger(Path file, Duration staleness, InstantSource clock) throws IOException {
    this.place = JournalPlace.of(file);
    this.lock = new JournalLock(place);
    this.journal = new Journal(place);
    this.staleness = staleness;
    this.clock = clock;
    this.keeper = new Thread(null, this::run, "sallyport-token-store", 0, false);
    keeper.setDaemon(true);
    keeper.setContextClassLoader(FileLedger.class.getClassLoader());
    start();
  }

  @SuppressWarnings("try") // the lock is only held
  private void start() throws IOException {
    try (JournalLock.Held held = lock.take(LONGEST_WAIT)) {
      if (!place.exists()) {
        requireNew();
        journal.rewrite(table);
      }
      place.requirePrivate();
      table = journal.refresh(table);
      journal.prepare(table);
      journal.deleteUnfinished();
      lock.mark();
    } catch (IOException e) {
      journal.close();
      lock.close();
      throw e;
    }
    long now = System.nanoTime();
    freshAt = lookedAt = touchedAt = pausedAt = now;
    failedAt = now - PAUSE_AFTER_FAILURE.toNanos();
    rewrittenAt = now - REWRITES_EVERY.toNanos();
    forgotAt = now - FORGETS_EVERY.toNanos();
    keeper.start();
  }

  private void requireNew() throws IOException {
    if (lock.isMarked()) {
      throw new IOException(
          place.file() + " is gone, while " + place.beside(".lock").getFileName()
              + " beside it says that there was one; put it back, or delete that file too to begin without"
              + " any token, and with every revocation forgotten");
    }
  }

  @Override
  public TokenTable table() {
    if (!isFresh()) {
      throw new UnavailableException(
          "token_store: " + place.file() + " was not read for longer than max_staleness and "
              + GRACE.toSeconds() + "s, something may have been revoked; " + trouble,
          RETRY_AFTER,
          null);
    }
    return table;
  }

  private boolean isFresh() {
    return !closed && System.nanoTime() - freshAt <= staleness.plus(GRACE).toNanos();
  }

  @Override
  public boolean enter(Decision decision) {
    Entry entry = new Entry(decision);
    if (closed || !waiting.offer(entry)) {
      throw unavailable(closed ? "is closed" : "has too many changes waiting", null);
    }
    try {
      return entry.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unavailable("was not written within " + LONGEST_WAIT.toSeconds() + "s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not written before the caller was interrupted", e);
    } catch (CancellationException e) {
      throw unavailable("was closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnavailableException cause) {
        throw new UnavailableException(
            String.valueOf(cause.getMessage()), cause.retryAfter(), cause);
      }
      throw unavailable("could not be written", e.getCause());
    } finally {
      entry.cancel(false);
    }
  }

  private UnavailableException unavailable(String what, @Nullable Throwable cause) {
    String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new UnavailableException(
        "token_store: " + place.file() + " " + what + why, RETRY_AFTER, cause);
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    TokenTable known = table();
    known.touch(lastUsed);
    lastUsed.forEach((id, instant) -> {
      if (known.token(id) != null) {
        touched.merge(id, instant, (one, two) -> one.isBefore(two) ? two : one);
      }
    });
  }

  private void run() {
    try {
      while (!closed) {
        List<Entry> entries = next();
        if (!entries.isEmpty()) {
          enter(entries);
        }
        regularly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private List<Entry> next() throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    Entry first = waiting.poll(pollInterval(), TimeUnit.NANOSECONDS);
    if (first != null) {
      entries.add(first);
      waiting.drainTo(entries, MOST_AT_ONCE - 1);
    }
    return entries;
  }

  private long pollInterval() {
    return staleness.toNanos() / 2;
  }

  /** Decides and writes, for all who wait at once. */
  @SuppressWarnings("try") // the lock is only held
  private void enter(List<Entry> entries) {
    if (System.nanoTime() - failedAt < PAUSE_AFTER_FAILURE.toNanos()) {
      entries.forEach(entry ->
          entry.completeExceptionally(unavailable("cannot be written now: " + trouble, null)));
      return;
    }
    try (JournalLock.Held held = lock.take(LONGEST_LOCK)) {
      lock.mark(); // again, if somebody has deleted it
      refresh();
      journal.prepare(table);
      List<Runnable> answers = new ArrayList<>();
      List<Change> changes = decide(entries, answers);
      Map<String, Instant> uses = Map.copyOf(touched);
      if (!uses.isEmpty()) {
        changes.add(new Touched(uses));
      }
      if (!changes.isEmpty()) {
        journal.append(changes);
      }
      uses.forEach(touched::remove);
      freshAt = touchedAt = System.nanoTime();
      answers.forEach(Runnable::run);
      rewriteIfWorthwhile();
    } catch (IOException | RuntimeException e) {
      journal.distrust(); // what was decided is in memory, and may not be in the file
      failedAt = System.nanoTime();
      failed(e);
      entries.forEach(
          entry -> entry.completeExceptionally(unavailable("cannot be written now", e)));
    }
  }

  /** Later decisions see what earlier ones have changed. */
  private List<Change> decide(List<Entry> entries, List<Runnable> answers) {
    List<Change> changes = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.isDone()) {
        continue; // nobody waits any more
      }
      try {
        List<Change> made = entry.decision.on(table);
        made.forEach(table::apply);
        changes.addAll(made);
        answers.add(() -> entry.complete(!made.isEmpty()));
      } catch (UnavailableException e) {
        answers.add(() -> entry.completeExceptionally(e));
      }
    }
    return changes;
  }

  private void refresh() throws IOException {
    table = journal.refresh(table);
    lookedAt = freshAt = System.nanoTime();
    if (!trouble.isEmpty()) {
      trouble = "";
      LOG.info("{} can be read again.", place.file());
    }
  }

  private void failed(Exception e) {
    String now = String.valueOf(e.getMessage());
    if (!now.equals(trouble)) {
      trouble = now;
      LOG.error("The token store cannot use {}: {}", place.file(), e.toString());
    }
  }

  private void rewriteIfWorthwhile() {
    if (journal.isMostlyGarbage(table)
        && System.nanoTime() - rewrittenAt >= REWRITES_EVERY.toNanos()) {
      try {
        table.forget(clock.instant());
        journal.rewrite(table);
        freshAt = System.nanoTime();
      } catch (IOException e) {
        LOG.warn("{} grows, since it could not be rewritten: {}", place.file(), e.toString());
      } finally {
        rewrittenAt = System.nanoTime();
      }
    }
  }

  private void regularly() {
    long now = System.nanoTime();
    if (now - lookedAt >= pollInterval()) {
      lookedAt = now;
      look();
    }
    if (!touched.isEmpty() && now - touchedAt >= TOUCHES_EVERY.toNanos()) {
      touchedAt = now;
      enter(List.of());
    }
    if (now - forgotAt >= FORGETS_EVERY.toNanos()) {
      forgotAt = now;
      table.forget(clock.instant());
    }
    if (!waiting.isEmpty() && now - pausedAt > 20_000_000L) {
      LockSupport.parkNanos(500_000); // so that other processes get the lock
      pausedAt = System.nanoTime();
    }
  }

  private void look() {
    try {
      refresh();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void end() {
    closed = true; // by an error too, so that nobody waits in vain
    if (!touched.isEmpty()) {
      enter(List.of());
    }
    List<Entry> late = new ArrayList<>();
    waiting.drainTo(late);
    late.forEach(entry -> entry.cancel(false));
    try {
      journal.close();
      // held, so that nobody else in this process loses the lock
      JournalLock.Held held = lock.take(LONGEST_LOCK);
      lock.close();
      LOG.debug("Closed {} with {}", place.file(), held);
    } catch (IOException e) {
      LOG.warn("{} could not be closed: {}", place.file(), e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    if (waiting.offer(new Entry(known -> List.of()))) {
      try {
        keeper.join(LONGEST_WAIT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
