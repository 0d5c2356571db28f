package io.sallyport.core.internal.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sallyport.core.internal.config.Source.Edited;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a file by a changed copy in one step: at any moment, and after a crash at any moment, there is
 * the old file or the new one, whole and with the same owner and mode.
 *
 * <p>The copy is made in a folder beside it that nobody else may enter. Other processes of this library are
 * kept away by a {@link FileLock}; whoever else changes the file in the meantime is noticed by its content,
 * which is compared directly before the replacement.
 */
final class FileReplacement {

  /** Lets everything happen. */
  static final Probe NO_PROBE = step -> {};

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Probe probe;

  /** What is done, in this order. */
  enum Step {
    LOCK,
    PREPARE,
    WRITE,
    FORCE,
    CHECK,
    COMPARE,
    MOVE,
    FORCE_FOLDER
  }

  /** Is told before each step; the step fails with it. */
  interface Probe {
    void before(Step step) throws IOException;
  }

  FileReplacement(Path file, Probe probe) {
    this.file = file.toAbsolutePath();
    this.probe = probe;
  }

  /**
   * Replaces the file, unless what it would become is refused.
   *
   * @param <T> what it becomes
   * @param change the change
   * @param check makes the content of the changed copy, if it may replace the file
   * @return what it has become; empty if it was refused
   * @throws IOException if it cannot be replaced, or its content is not the one that is changed; it is as it
   *     was then
   */
  <T> Optional<Edited<T>> replace(FileChange change, Function<Path, Optional<T>> check)
      throws IOException {
    Path target = target();
    probe.before(Step.LOCK);
    try (FileLock lock = FileLock.of(target)) {
      lock.folders().removeLeftovers();
      probe.before(Step.PREPARE);
      Path folder = lock.folders().create();
      try {
        return replace(target, folder.resolve(target.getFileName()), change, check);
      } finally {
        PrivateFolders.remove(folder);
      }
    }
  }

  /** The file in its real folder, if it is one that may be replaced. */
  private Path target() throws IOException {
    Path target = PrivateFolders.parentOf(file).toRealPath().resolve(file.getFileName());
    if (Files.isSymbolicLink(target)) {
      throw new UnwritableFileException(
          "it is a symbolic link; whoever manages it must change what it leads to");
    }
    if (!Files.isWritable(target)) {
      throw new UnwritableFileException("this process may not write it");
    }
    if (hasOtherNames(target)) {
      throw new UnwritableFileException(
          "it has several names (hard links), and the others would keep the old content");
    }
    return target;
  }

  private static boolean hasOtherNames(Path target) throws IOException {
    try {
      return !Integer.valueOf(1).equals(Files.getAttribute(target, "unix:nlink", NOFOLLOW_LINKS));
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      // not told on this file system
      return false;
    }
  }

  private <T> Optional<Edited<T>> replace(
      Path target, Path copy, FileChange change, Function<Path, Optional<T>> check)
      throws IOException {
    FileSignature before = FileSignature.of(target);
    // mode, owner, group and access list, so that the content is written to a file that has them
    Files.copy(target, copy, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
    requireSameAccess(target, copy);
    probe.before(Step.WRITE);
    String content = write(target, copy, change);
    probe.before(Step.CHECK);
    Optional<T> after = check.apply(copy);
    if (after.isEmpty()) {
      LOG.warn("{} was not written: it would not be what it should become.", Shown.path(file));
      return Optional.empty();
    }
    probe.before(Step.COMPARE);
    requireUnchanged(target, before, change.content());
    probe.before(Step.MOVE);
    Files.move(copy, target, ATOMIC_MOVE);
    forceFolder(PrivateFolders.parentOf(target));
    return Optional.of(new Edited<>(after.get(), content));
  }

  /** Copying says nothing of an owner that cannot be kept. */
  private static void requireSameAccess(Path target, Path copy) throws IOException {
    try {
      var of = Files.readAttributes(target, PosixFileAttributes.class, NOFOLLOW_LINKS);
      var now = Files.readAttributes(copy, PosixFileAttributes.class, NOFOLLOW_LINKS);
      if (!of.owner().equals(now.owner())
          || !of.group().equals(now.group())
          || !of.permissions().equals(now.permissions())) {
        throw new UnwritableFileException(
            "this process cannot keep its owner, group and mode; make the process its owner");
      }
    } catch (UnsupportedOperationException e) {
      if (!Files.getOwner(target).equals(Files.getOwner(copy))) {
        throw new UnwritableFileException("this process cannot keep its owner");
      }
    }
  }

  /** Writes the changed content and makes it last; its fingerprint. */
  private String write(Path target, Path copy, FileChange change) throws IOException {
    MessageDigest read = sha256();
    MessageDigest written = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(target, NOFOLLOW_LINKS), read);
        FileChannel channel = FileChannel.open(copy, WRITE, TRUNCATE_EXISTING, NOFOLLOW_LINKS)) {
      OutputStream out = new BufferedOutputStream(
          new DigestOutputStream(Channels.newOutputStream(channel), written), BUFFER);
      ChangedCopy.copy(in, change.changes(), change.codePoints(), out);
      out.flush();
      probe.before(Step.FORCE);
      channel.force(true);
    }
    if (!hex(read).equals(change.content())) {
      throw changed();
    }
    return hex(written);
  }

  private static void requireUnchanged(Path target, FileSignature before, String content)
      throws IOException {
    boolean same = Reading.fingerprint(target, Long.MAX_VALUE).equals(content);
    if (!same || !FileSignature.of(target).equals(before)) {
      throw changed();
    }
  }

  private static UnwritableFileException changed() {
    return UnwritableFileException.passing("somebody else has changed it");
  }

  /** The file has been replaced by now, so that a failure is no reason to say that it was not. */
  private void forceFolder(Path folder) {
    try {
      probe.before(Step.FORCE_FOLDER);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
          channel.force(true);
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "{} was written, but a crash of the machine may bring the old content back ({}).",
          Shown.path(file),
          e.getClass().getSimpleName());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
