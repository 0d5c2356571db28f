package io.sallyport.core.internal.config;

import io.sallyport.core.internal.config.FollowedFiles.BrokenFile;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file and its last good content.
 *
 * <p><b>Threads.</b> {@link #current}, {@link #broken} and {@link #close} are for all threads; {@link
 * #begin} is for the one that makes it, and then {@link #look} for the one that follows it.
 */
final class FollowedFile<T> implements Reloadable<T> {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
  private static final int MAX_ATTEMPTS = 5;

  private final String what;
  private final Path file;
  private final Path absolute;
  private final Function<Path, Reading<T>> reading;
  private final Pace pace;
  private final Consumer<FollowedFile<T>> onClose;
  private volatile T current;
  private volatile @Nullable String broken;
  private String goodContent;
  private String brokenContent = "";
  private FileSignature seen;
  private boolean pending;
  private long pendingSince;
  private long changedAt;

  private FollowedFile(
      String what,
      Path file,
      Function<Path, Reading<T>> reading,
      Pace pace,
      Consumer<FollowedFile<T>> onClose,
      First<T> first) {
    this.what = what;
    this.file = file;
    this.absolute = file.toAbsolutePath();
    this.reading = reading;
    this.pace = pace;
    this.onClose = onClose;
    this.current = first.value();
    this.goodContent = first.content();
    this.seen = first.signature();
  }

  private record First<T>(FileSignature signature, String content, T value) {}

  /**
   * Reads the file for the first time.
   *
   * @return empty if that is impossible; {@code problems} then says why
   */
  static <T> Optional<FollowedFile<T>> begin(
      String what,
      Path file,
      Function<Path, Reading<T>> reading,
      Pace pace,
      Consumer<FollowedFile<T>> onClose,
      Problems problems) {
    LOG.info("Loading {} from {}.", what, file);
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      FileSignature before = FileSignature.of(file);
      String content = Reading.fingerprint(file);
      Reading<T> result = reading.apply(file);
      if (FileSignature.of(file).equals(before)) {
        problems.addAll(result.problems());
        T value = result.value();
        if (value == null) {
          return Optional.empty();
        }
        LOG.info("Loading of {} ended successfully.", what);
        var first = new First<>(before, content, value);
        return Optional.of(new FollowedFile<>(what, file, reading, pace, onClose, first));
      }
    }
    problems.add(
        Shown.of(file.toString()),
        0,
        "",
        "the file keeps changing while it is read; replace it by a rename");
    return Optional.empty();
  }

  @Override
  public T current() {
    return current;
  }

  /** What is wrong with the file now, if anything is. */
  Optional<BrokenFile> broken() {
    return Optional.ofNullable(broken).map(message -> new BrokenFile(what, file, message));
  }

  @Override
  public void close() {
    onClose.accept(this);
  }

  /** Where changes of the file can be noticed. */
  void addFoldersTo(Set<Path> folders) {
    addParent(absolute, folders);
    Path target = seen.target();
    if (target != null) {
      addParent(target, folders);
    }
  }

  private static void addParent(Path path, Set<Path> folders) {
    Path parent = path.getParent();
    if (parent != null) {
      folders.add(parent);
    }
  }

  /**
   * Looks at the file from outside, and reads it once it has changed and come to rest.
   *
   * @param touched paths that something happened to since the last look
   * @param now the time in nanoseconds
   * @return whether it has changed and is not at rest yet
   */
  boolean look(Set<Path> touched, long now) {
    FileSignature signature = FileSignature.of(absolute);
    Path target = signature.target();
    boolean named = touched.contains(absolute) || target != null && touched.contains(target);
    if (named || !signature.equals(seen)) {
      change(signature, now);
    }
    if (pending && isDue(now)) {
      reload(signature);
    }
    return pending;
  }

  private void change(FileSignature signature, long now) {
    seen = signature;
    changedAt = now;
    if (!pending) {
      pending = true;
      pendingSince = now;
    }
  }

  private boolean isDue(long now) {
    return now - changedAt >= pace.quiet().toNanos()
        || now - pendingSince >= pace.patience().toNanos();
  }

  private void reload(FileSignature before) {
    String content = Reading.fingerprint(absolute);
    boolean known = content.equals(broken == null ? goodContent : brokenContent);
    boolean restored = broken != null && content.equals(goodContent);
    Reading<T> result = null;
    if (!known && !restored) {
      LOG.info("Loading {} from {}.", what, file);
      result = reading.apply(file);
    }
    FileSignature after = FileSignature.of(absolute);
    if (!after.equals(before)) {
      // it went on changing: what was read may be half of it
      change(after, System.nanoTime());
      return;
    }
    pending = false;
    if (restored) {
      mend();
    } else if (result != null) {
      apply(content, result);
    }
  }

  private void apply(String content, Reading<T> result) {
    if (Thread.currentThread().isInterrupted()) {
      // closing: an interrupted read says nothing about the file
      return;
    }
    T value = result.value();
    if (value != null) {
      current = value;
      goodContent = content;
      mend();
      return;
    }
    String message = result.problems().render("the last good content stays in force");
    brokenContent = content;
    broken = message;
    LOG.warn(
        "Failed parsing {} file. The last good content of {} stays in force. Error: {}",
        file,
        what,
        message);
  }

  private void mend() {
    broken = null;
    LOG.info("Loading of {} ended successfully.", what);
  }
}
