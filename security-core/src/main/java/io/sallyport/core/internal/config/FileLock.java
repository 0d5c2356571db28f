package io.sallyport.core.internal.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps other processes that do so too from replacing a file at the same time. The lock is on a file beside
 * it, which stays there: on the file itself it would go with the first reader who closes it.
 */
final class FileLock implements AutoCloseable {

  private final FileChannel channel;
  private final PrivateFolders folders;

  private FileLock(FileChannel channel, PrivateFolders folders) {
    this.channel = channel;
    this.folders = folders;
  }

  /**
   * Takes the lock.
   *
   * @param target the file
   * @return the lock; the system takes it back from a process that ends
   * @throws IOException if somebody else has it, or it cannot be taken
   */
  static FileLock of(Path target) throws IOException {
    FileChannel channel = open(target);
    try {
      if (channel.tryLock() != null) {
        return new FileLock(channel, new PrivateFolders(target));
      }
    } catch (OverlappingFileLockException e) {
      // somebody else in this process
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw UnwritableFileException.passing("somebody else is writing it");
  }

  private static FileChannel open(Path target) throws IOException {
    Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
    Set<OpenOption> options = Set.of(CREATE, WRITE, NOFOLLOW_LINKS);
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target, NOFOLLOW_LINKS);
      FileAttribute<?> sameMode = PosixFilePermissions.asFileAttribute(mode);
      return FileChannel.open(lock, options, sameMode);
    } catch (UnsupportedOperationException e) {
      return FileChannel.open(lock, options);
    }
  }

  /** Where copies of the file are made while the lock is held. */
  PrivateFolders folders() {
    return folders;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
