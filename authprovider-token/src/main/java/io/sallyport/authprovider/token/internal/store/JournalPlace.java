package io.sallyport.authprovider.token.internal.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where a journal is: its folder, its names, and who may read and write it. */
record JournalPlace(Path file, Path folder) {

  private static final Set<PosixFilePermission> READ_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** What tells a file from one that takes its place, and how long it is. */
  record State(Object key, long size) {}

  /** The place of a file that may not exist yet; a symbolic link is followed once and for all. */
  static JournalPlace of(Path configured) throws IOException {
    Path parent = configured.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new IOException("expected a file in a folder that exists; make " + parent);
    }
    Path file = parent.toRealPath().resolve(configured.getFileName());
    if (Files.isSymbolicLink(file)) {
      if (!Files.exists(file)) {
        throw new IOException(
            file + " is a symbolic link that leads nowhere; write the path itself");
      }
      file = file.toRealPath();
    }
    return new JournalPlace(file, file.resolveSibling("."));
  }

  Path beside(String suffix) {
    return file.resolveSibling("." + file.getFileName() + suffix);
  }

  boolean exists() {
    return Files.exists(file, NOFOLLOW_LINKS);
  }

  /** The file as it is now, if it may be used. */
  State state() throws IOException {
    BasicFileAttributes now = attributes();
    if (!now.isRegularFile()) {
      throw new IOException(file + " is no regular file; name a file that may be made");
    }
    refuse(now, WRITTEN_BY_OTHERS, "be written");
    Object key = now.fileKey();
    return new State(key != null ? key : now.creationTime(), now.size());
  }

  /** Refuses a file that others may read or write. */
  void requirePrivate() throws IOException {
    state();
    refuse(attributes(), READ_BY_OTHERS, "be read");
  }

  private BasicFileAttributes attributes() throws IOException {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) {
      return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is gone; put it back", e);
    }
  }

  private void refuse(BasicFileAttributes now, Set<PosixFilePermission> those, String what)
      throws IOException {
    if (now instanceof PosixFileAttributes posix
        && posix.permissions().stream().anyMatch(those::contains)) {
      throw new IOException(file + " may " + what + " by others, its mode is "
          + PosixFilePermissions.toString(posix.permissions()) + "; do: chmod 600 " + file);
    }
  }

  /** Opens a file for its owner alone. */
  FileChannel open(Path path, Set<? extends OpenOption> options) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return FileChannel.open(
          path,
          options,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return FileChannel.open(path, options);
  }

  /** Makes names of files last. */
  void forceFolder() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
