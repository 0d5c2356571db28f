package io.sallyport.authprovider.token.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time write a journal. The lock is on a file beside it, which stays there and tells that
 * there is a journal: on the journal itself it would go with the first reader who closes it.
 */
final class JournalLock implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofNanos(200_000);

  private final JournalPlace place;
  private final Path path;
  private @Nullable FileChannel channel;
  private @Nullable Object key;

  JournalLock(JournalPlace place) {
    this.place = place;
    this.path = place.beside(".lock");
  }

  /** A lock that is held. */
  interface Held extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** Takes the lock, waiting for whoever has it, in this process or another one. */
  Held take(Duration longest) throws IOException {
    long start = System.nanoTime();
    while (true) {
      FileLock lock = tryLock(opened());
      if (lock != null && isCurrent()) {
        return lock::release;
      }
      if (lock != null) {
        lock.release();
        closeChannel();
      } else if (System.nanoTime() - start > longest.toNanos()) {
        throw new IOException("another process has held " + path + " for " + longest.toMillis()
            + " ms; see whether one hangs that uses the journal");
      } else {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // somebody else in this process
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = place.open(path, Set.of(CREATE, WRITE, NOFOLLOW_LINKS));
      channel = open;
      key = key();
    }
    return open;
  }

  /** Whether nobody has taken the file away on which the lock is. */
  private boolean isCurrent() throws IOException {
    return key != null && key.equals(key());
  }

  private @Nullable Object key() throws IOException {
    try {
      BasicFileAttributes now =
          Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return now.fileKey() != null ? now.fileKey() : path;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Whether there was a journal once. While the lock is held. */
  boolean isMarked() throws IOException {
    return opened().size() > 0;
  }

  /** Notes that there is a journal. While the lock is held. */
  void mark() throws IOException {
    if (!isMarked()) {
      ByteBuffer text = ByteBuffer.wrap(
          ("The lock of " + place.file().getFileName() + ", and the proof that there is one.\n")
              .getBytes(UTF_8));
      while (text.hasRemaining()) {
        opened().write(text, text.position());
      }
      opened().force(true);
    }
  }

  /** While the lock is held, or nobody else in this process can have it: closing lets go of all locks. */
  @Override
  public void close() throws IOException {
    closeChannel();
  }

  private void closeChannel() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
