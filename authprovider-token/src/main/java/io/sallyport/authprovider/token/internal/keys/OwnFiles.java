package io.sallyport.authprovider.token.internal.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Files that only their owner may read, from their first byte on. */
final class OwnFiles {

  private OwnFiles() {}

  /** Makes a folder that only its owner may enter, unless it is there. */
  static void folder(Path folder, UserPrincipal owner) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectory(folder, attributes(folder, "rwx------"));
    own(folder, owner);
  }

  /**
   * Writes a file that is not there yet, not even as a link.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is
   */
  static void create(Path file, String content, UserPrincipal owner) throws IOException {
    try (FileChannel channel = FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        attributes(file, "rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    try {
      own(file, owner);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Replaces a file in one step; the new one has the rights that the old one has. */
  static void replace(Path file, String content, UserPrincipal owner) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh); // of a process that did not live to move it
    create(fresh, content, owner);
    try {
      if (Files.exists(file) && isPosix(file)) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Run by the administrator, the command must not leave files that the server cannot read. */
  private static void own(Path file, UserPrincipal owner) throws IOException {
    if (Files.getOwner(file).equals(owner)) {
      return;
    }
    try {
      Files.setOwner(file, owner);
    } catch (FileSystemException e) {
      throw new FileSystemException(
          file.toString(),
          null,
          "it cannot be given to " + owner.getName() + "; run this as that user");
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path file, String mode) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
