package io.sallyport.core.internal.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file that is open for appending, as long as it stands where it was opened. */
final class OpenLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);

  private static final int ATTEMPTS = 3;

  // a stream and no channel: an interrupt of the writing thread would close a channel
  private final FileOutputStream out;
  private final boolean regular;
  private final @Nullable Object fileKey;
  private long size;
  private boolean torn;

  private OpenLog(FileOutputStream out, BasicFileAttributes attributes, boolean torn) {
    this.out = out;
    this.regular = attributes.isRegularFile();
    this.fileKey = attributes.fileKey();
    this.size = attributes.size();
    this.torn = torn;
  }

  static OpenLog append(Path path) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      createIfMissing(path);
      BasicFileAttributes before = attributes(path);
      var out = new FileOutputStream(path.toFile(), true);
      try {
        BasicFileAttributes after = attributes(path);
        if (Objects.equals(before.fileKey(), after.fileKey())) {
          return new OpenLog(out, after, endsWithinALine(path, after));
        }
      } catch (IOException e) {
        out.close();
        throw e;
      }
      out.close();
    }
    throw new IOException("the file is moved away again and again: " + path);
  }

  private static void createIfMissing(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    if (Files.exists(path)) {
      return;
    }
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    Files.newByteChannel(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ownerOnly)
        .close();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  /** Whether a crash or a full disk has left half a line, which the next one must not be glued to. */
  private static boolean endsWithinALine(Path path, BasicFileAttributes attributes)
      throws IOException {
    if (!attributes.isRegularFile() || attributes.size() == 0) {
      return false;
    }
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(attributes.size() - 1);
      return file.read() != '\n';
    }
  }

  /** Whether the path still leads here. Takes over the size that the file has now. */
  boolean isStillAt(Path path) {
    if (!regular) {
      return true;
    }
    try {
      BasicFileAttributes now = attributes(path);
      size = now.size();
      return Objects.equals(now.fileKey(), fileKey);
    } catch (IOException e) {
      return false; // opening it anew tells what is wrong, if anything is
    }
  }

  /** Whether a line can be added within the limit; an empty file takes any line. */
  boolean fits(byte[] line, long maxBytes) {
    return !regular || size == 0 || size + line.length <= maxBytes;
  }

  void write(byte[] line) throws IOException {
    byte[] whole = torn ? onALineOfItsOwn(line) : line;
    out.write(whole);
    torn = false;
    size += whole.length;
  }

  private static byte[] onALineOfItsOwn(byte[] line) {
    byte[] whole = new byte[line.length + 1];
    whole[0] = '\n';
    System.arraycopy(line, 0, whole, 1, line.length);
    return whole;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // every line was handed over when it was written
      LOG.warn("The audit log could not be closed: {}", e.toString());
    }
  }
}
