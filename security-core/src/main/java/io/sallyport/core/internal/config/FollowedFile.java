package io.sallyport.core.internal.config;

import io.sallyport.core.internal.config.FollowedFiles.BrokenFile;
import io.sallyport.core.internal.config.Source.Edited;
import io.sallyport.spi.ConfigurationFiles.Edit;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file, or several that belong together, and their last good content.
 *
 * <p><b>Threads.</b> {@link #current}, {@link #broken}, {@link #edit} and {@link #close} are for all threads;
 * {@link #begin} is for the one that makes it, and then {@link #look} for the one that follows it. Only an
 * edit and a look exclude each other, and the look does not wait.
 */
final class FollowedFile<T> implements Reloadable<T> {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
  private static final int MAX_ATTEMPTS = 5;
  private static final Duration EDIT_AGAIN = Duration.ofMinutes(1);

  /** The fingerprint of no content. */
  private static final String UNKNOWN = "";

  private final Source<T> source;
  private final List<Path> absolute;
  private final Pace pace;
  private final Consumer<FollowedFile<T>> onClose;
  private final ReentrantLock busy = new ReentrantLock();
  private volatile boolean closed;
  private volatile T current;
  private volatile @Nullable String broken;
  private String goodContent;
  private String brokenContent = UNKNOWN;
  private List<FileSignature> seen;
  private boolean pending;
  private long pendingSince;
  private long changedAt;
  private long triedAt;
  private String editTrouble = "";

  /** Of the following thread: what was touched since it last could look. */
  private final Set<Path> missed = new HashSet<>();

  private FollowedFile(
      Source<T> source, Pace pace, Consumer<FollowedFile<T>> onClose, First<T> first) {
    this.source = source;
    this.absolute = source.files().stream().map(Path::toAbsolutePath).toList();
    this.pace = pace;
    this.onClose = onClose;
    this.current = first.value();
    this.goodContent = first.content();
    this.seen = first.signatures();
  }

  private record First<T>(List<FileSignature> signatures, String content, T value) {}

  /**
   * Reads the file for the first time.
   *
   * @return empty if that is impossible; {@code problems} then says why
   */
  static <T> Optional<FollowedFile<T>> begin(
      Source<T> source, Pace pace, Consumer<FollowedFile<T>> onClose, Problems problems) {
    LOG.info("Loading {} from {}.", source.what(), source.label());
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      List<FileSignature> before = source.signatures();
      String content = source.fingerprint();
      Reading<T> result = source.read();
      if (source.signatures().equals(before)) {
        problems.addAll(result.problems());
        T value = result.value();
        if (value == null) {
          return Optional.empty();
        }
        LOG.info("Loading of {} ended successfully.", source.what());
        return Optional.of(
            new FollowedFile<>(source, pace, onClose, new First<>(before, content, value)));
      }
    }
    problems.add(
        source.label(), 0, "", "it keeps changing while it is read; replace the file by a rename");
    return Optional.empty();
  }

  @Override
  public T current() {
    return current;
  }

  /** What is wrong with the file now, if anything is. */
  Optional<BrokenFile> broken() {
    return Optional.ofNullable(broken)
        .map(message -> new BrokenFile(source.what(), source.files().get(0), message));
  }

  @Override
  public void close() {
    closed = true;
    onClose.accept(this);
  }

  @Override
  public boolean edit(Edit<T> edit) {
    busy.lock();
    try {
      Optional<Edited<T>> edited = write(edit);
      edited.ifPresent(this::apply);
      return edited.isPresent();
    } catch (IOException e) {
      throw unwritten(e);
    } finally {
      busy.unlock();
    }
  }

  private Optional<Edited<T>> write(Edit<T> edit) throws IOException {
    if (closed) {
      throw new UnwritableFileException("it is not followed any more");
    }
    if (broken != null) {
      throw new UnwritableFileException("its present content is not in force, since it is broken");
    }
    return source.edit(edit, current, goodContent);
  }

  /** The follower will see that something happened, and find the content that is known. */
  private void apply(Edited<T> edited) {
    current = edited.value();
    goodContent = edited.content();
    editTrouble = "";
    LOG.info("{} was written: {}.", source.label(), source.what());
  }

  private UnavailableException unwritten(IOException e) {
    Duration again = EDIT_AGAIN;
    // messages of others name files; their types tell enough
    String trouble = e.getClass().getSimpleName();
    if (e instanceof UnwritableFileException told) {
      trouble = String.valueOf(told.getMessage());
      again = told.again();
    }
    if (!trouble.equals(editTrouble)) {
      editTrouble = trouble;
      LOG.warn("{} ({}) cannot be written now: {}", source.label(), source.what(), trouble);
    }
    return new UnavailableException(
        "the file of the " + source.what() + " cannot be written: " + trouble, again, e);
  }

  /** Where changes of the file can be noticed. */
  void addFoldersTo(Set<Path> folders) {
    absolute.forEach(path -> addParent(path, folders));
    seen.forEach(signature -> addParent(signature.target(), folders));
  }

  private static void addParent(@Nullable Path path, Set<Path> folders) {
    Path parent = path == null ? null : path.getParent();
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
    if (!busy.tryLock()) {
      // it is being written, and will be looked at when it has been; the others must not wait for
      // that
      missed.addAll(touched);
      return true;
    }
    try {
      missed.addAll(touched);
      boolean restless = lookAlone(missed, now);
      missed.clear();
      return restless;
    } finally {
      busy.unlock();
    }
  }

  private boolean lookAlone(Set<Path> touched, long now) {
    List<FileSignature> signatures = source.signatures();
    if (isNamed(touched, signatures) || !signatures.equals(seen)) {
      change(signatures, now);
    }
    if (pending ? isDue(now) : isWorthAnotherTry(now)) {
      triedAt = now;
      reload(signatures);
    }
    source.look(current);
    return pending;
  }

  private boolean isNamed(Set<Path> touched, List<FileSignature> signatures) {
    return absolute.stream().anyMatch(touched::contains)
        || signatures.stream()
            .map(FileSignature::target)
            .filter(Objects::nonNull)
            .anyMatch(touched::contains);
  }

  private void change(List<FileSignature> signatures, long now) {
    seen = signatures;
    changedAt = now;
    if (!pending) {
      pending = true;
      pendingSince = now;
    }
  }

  private boolean isDue(long now) {
    long atRest = now - changedAt;
    return now - pendingSince >= pace.patience().toNanos()
        || atRest >= pace.midLine().toNanos()
        || (atRest >= pace.quiet().toNanos() && !source.endsMidLine());
  }

  /** What has failed for want of memory, say, is tried again though the file stays as it is. */
  private boolean isWorthAnotherTry(long now) {
    return broken != null
        && brokenContent.equals(UNKNOWN)
        && now - triedAt >= pace.again().toNanos();
  }

  private void reload(List<FileSignature> before) {
    String content = source.fingerprint();
    boolean known = content.equals(broken == null ? goodContent : brokenContent);
    boolean restored = broken != null && content.equals(goodContent);
    Reading<T> result = null;
    if (!known && !restored) {
      if (pending) { // else it is another try, which need not be told each time
        LOG.info("Loading {} from {}.", source.what(), source.label());
      }
      result = source.read();
    }
    List<FileSignature> after = source.signatures();
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
    brokenContent = result.passing() ? UNKNOWN : content;
    if (message.equals(broken)) {
      return; // told before
    }
    broken = message;
    LOG.warn(
        "Failed parsing {} file. The last good content of {} stays in force. Error: {}",
        source.label(),
        source.what(),
        message);
  }

  private void mend() {
    broken = null;
    LOG.info("Loading of {} ended successfully.", source.what());
  }
}
