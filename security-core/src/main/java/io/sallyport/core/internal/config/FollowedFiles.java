package io.sallyport.core.internal.config;

import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are read again when they change. One thread looks at all of them twice a second, and at
 * once when the system says that something happened in their folders.
 *
 * <p><b>Threads.</b> Everything may be called by any thread. Readers run on the caller's thread the
 * first time, then on the following thread, without any lock.
 */
public final class FollowedFiles implements ConfigurationFiles, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
  private static final Duration SETTLE = Duration.ofMillis(20);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  private final Pace pace;
  private final Supplier<FolderWatch> watches;
  private final List<FollowedFile<?>> files = new CopyOnWriteArrayList<>();
  private @Nullable Follower follower;
  private boolean closed;
  private volatile @Nullable Refusal lastRefusal;

  /** What {@link #load} has thrown last, and why. */
  private record Refusal(InvalidSettingsException thrown, Problems problems) {}

  private record Follower(Thread thread, FolderWatch watch) {}

  /**
   * A file whose present content cannot be used, so that its last good content stays in force.
   *
   * @param what what the file is, such as {@code userstore}
   * @param file the file, the first of several that belong together
   * @param message all problems, on one or several lines
   */
  public record BrokenFile(String what, Path file, String message) {}

  /** Starts without files; the thread starts with the first of them. */
  public FollowedFiles() {
    this(Pace.USUAL, FolderWatch::open);
  }

  FollowedFiles(Pace pace, Supplier<FolderWatch> watches) {
    this.pace = pace;
    this.watches = watches;
  }

  @Override
  public <T> Reloadable<T> load(String what, Path file, Function<Document, T> reader) {
    return load(what, file, ReadOptions.data(), reader);
  }

  @Override
  public <T> Reloadable<T> loadWithSecrets(String what, Path file, Function<Document, T> reader) {
    return load(what, file, ReadOptions.secrets(), reader);
  }

  /**
   * As {@link #load(String, Path, Function)}, for a document that is read in another way.
   *
   * @param <T> what the content becomes
   * @param what what the file is, for the log
   * @param file the file
   * @param options how it is read
   * @param reader makes the content from the document
   * @return the content and its successors
   * @throws InvalidSettingsException if the file cannot be used now, or this is closed
   */
  public <T> Reloadable<T> load(
      String what, Path file, ReadOptions options, Function<Document, T> reader) {
    if (file.endsWith(DocumentSettings.STAND_IN)) {
      // that the path is missing was said where it was read
      throw refusal(
          new InvalidSettingsException("the path of the " + what + " is missing"), new Problems());
    }
    return load(new DocumentSource<>(what, file, options, reader));
  }

  /**
   * As {@link #load(String, Path, Function)}, for files in a form of their own.
   *
   * @param <T> what the content is
   * @param content reads the files
   * @return the content and its successors
   * @throws InvalidSettingsException if the files cannot be used now, or this is closed
   */
  public <T> Reloadable<T> load(FollowedContent<T> content) {
    return load(new ContentSource<>(content));
  }

  private <T> Reloadable<T> load(Source<T> source) {
    var problems = new Problems();
    Optional<FollowedFile<T>> followed = FollowedFile.begin(source, pace, files::remove, problems);
    if (followed.isEmpty()) {
      String message = problems.render(source.what() + " was not loaded");
      throw refusal(new InvalidSettingsException(message), problems);
    }
    follow(followed.get());
    return followed.get();
  }

  private InvalidSettingsException refusal(InvalidSettingsException thrown, Problems problems) {
    lastRefusal = new Refusal(thrown, problems);
    return thrown;
  }

  /**
   * The problems one by one behind the exception that {@link #load} has thrown last, so that they can be
   * reported together with others. There may be none if all was said where the path was read.
   *
   * @param thrown an exception that came out of a factory
   * @return its problems; empty if it is not the one that was thrown here last
   */
  public Optional<Problems> problemsOf(InvalidSettingsException thrown) {
    Refusal refusal = lastRefusal;
    return refusal != null && refusal.thrown() == thrown
        ? Optional.of(refusal.problems())
        : Optional.empty();
  }

  /**
   * What is broken now.
   *
   * @return the files whose last good content stays in force, each until it is mended
   */
  public List<BrokenFile> brokenFiles() {
    return files.stream().flatMap(file -> file.broken().stream()).toList();
  }

  private synchronized void follow(FollowedFile<?> file) {
    if (closed) {
      throw new InvalidSettingsException("files are not followed any more, this was closed");
    }
    files.add(file);
    if (follower == null) {
      FolderWatch watch = watches.get();
      var thread = new Thread(() -> run(watch), "sallyport-files");
      thread.setDaemon(true);
      // not the context loader of an application that may be undeployed before this ends
      thread.setContextClassLoader(FollowedFiles.class.getClassLoader());
      follower = new Follower(thread, watch);
      thread.start();
    }
  }

  private void run(FolderWatch watch) {
    // a file may have changed before its folder was watched
    boolean restless = true;
    try {
      while (!isClosed()) {
        watch.watch(folders());
        Set<Path> touched = watch.await(restless ? pace.soon() : pace.look());
        restless = look(touched);
        if (!touched.isEmpty()) {
          // a busy folder must not make a busy thread
          watch.pause(SETTLE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watch.close();
    }
  }

  private Set<Path> folders() {
    Set<Path> folders = new HashSet<>();
    files.forEach(file -> file.addFoldersTo(folders));
    return folders;
  }

  private boolean look(Set<Path> touched) {
    boolean restless = false;
    for (FollowedFile<?> file : files) {
      try {
        restless |= file.look(touched, System.nanoTime());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // whatever it was, the other files must be followed, and this one again
        LOG.error("Looking at a followed file failed; its last good content stays in force.", e);
      }
    }
    return restless;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Stops following. Contents that were read stay as they are. */
  @Override
  public void close() {
    Follower stopped = stop();
    if (stopped == null || stopped.thread() == Thread.currentThread()) {
      return;
    }
    stopped.watch().close();
    stopped.thread().interrupt();
    try {
      stopped.thread().join(LONGEST_FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Follower stop() {
    closed = true;
    Follower stopped = follower;
    follower = null;
    files.clear();
    return stopped;
  }
}
