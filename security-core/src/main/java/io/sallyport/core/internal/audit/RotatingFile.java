package io.sallyport.core.internal.audit;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that takes whole lines and is set aside when it is full: {@code .1} is the newest of those set
 * aside.
 *
 * <p>Whoever else moves, deletes or shortens the file is noticed within a second, and before every
 * rotation. What is no regular file, such as {@code /dev/stdout}, is written to and never rotated.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class RotatingFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RotatingFile.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path path;
  private final RotationLimits limits;
  private final InstantSource clock;

  private @Nullable OpenLog open;
  private Instant lookedAt = Instant.MIN;
  private Instant stuckSince = Instant.MIN;
  private boolean stuck;
  private boolean closed;

  private RotatingFile(Path path, RotationLimits limits, InstantSource clock) {
    this.path = path;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Opens the file for appending, and makes it and its folder where they are missing.
   *
   * @throws IOException if it cannot be written to
   */
  static RotatingFile open(Path path, RotationLimits limits, InstantSource clock)
      throws IOException {
    var file = new RotatingFile(path, limits, clock);
    file.current();
    return file;
  }

  /**
   * Hands a line to the operating system in one write. After a failure the next call opens the file anew.
   *
   * @throws IOException if the line may not be there in full
   */
  void append(byte[] line) throws IOException {
    if (closed) {
      throw new IOException("the log was closed");
    }
    try {
      lookIfDue();
      if (!current().fits(line, limits.maxBytes())) {
        makeRoom(line);
      }
      current().write(line);
    } catch (IOException e) {
      release();
      throw e;
    }
  }

  private OpenLog current() throws IOException {
    OpenLog log = open;
    if (log == null) {
      log = OpenLog.append(path);
      open = log;
      lookedAt = clock.instant();
    }
    return log;
  }

  private void lookIfDue() throws IOException {
    if (isOver(lookedAt)) {
      look();
    }
  }

  private void look() throws IOException {
    lookedAt = clock.instant();
    if (open != null && !open.isStillAt(path)) {
      release();
    }
  }

  /** Whether the instant is a second past; also where the clock was set back behind it. */
  private boolean isOver(Instant since) {
    Instant now = clock.instant();
    return now.isBefore(since) || !now.isBefore(since.plus(LOOK_EVERY));
  }

  private void makeRoom(byte[] line) throws IOException {
    look();
    if (current().fits(line, limits.maxBytes()) || (stuck && !isOver(stuckSince))) {
      return;
    }
    release();
    try {
      setAside();
      stuck = false;
    } catch (IOException e) {
      stuckSince = clock.instant();
      if (!stuck) {
        LOG.warn(
            "The audit log {} cannot be rotated and grows beyond its size: {}", path, e.toString());
      }
      stuck = true;
    }
  }

  private void setAside() throws IOException {
    // a symbolic link stays, and the files set aside stand beside its target
    Path real = path.toRealPath();
    if (limits.backups() == 0) {
      Files.delete(real);
      return;
    }
    // from the first gap downwards: a rotation that a crash has cut short costs no file
    int last = 1;
    while (last < limits.backups() && Files.exists(backup(real, last))) {
      last++;
    }
    for (int number = last; number > 1; number--) {
      Files.move(backup(real, number - 1), backup(real, number), ATOMIC_MOVE);
    }
    Files.move(real, backup(real, 1), ATOMIC_MOVE);
  }

  private static Path backup(Path real, int number) {
    return real.resolveSibling(real.getFileName() + "." + number);
  }

  private void release() {
    OpenLog log = open;
    open = null;
    if (log != null) {
      log.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    release();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
