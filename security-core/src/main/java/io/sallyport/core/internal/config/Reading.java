package io.sallyport.core.internal.config;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of reading a file once.
 *
 * @param <T> what is made of the document
 * @param value what was made of it; null if there are problems
 * @param problems what is wrong, empty if nothing is
 * @param passing whether the same content may well be read another time, since it was not the content
 *     that made it fail
 */
record Reading<T>(@Nullable T value, Problems problems, boolean passing) {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

  /** Reads the document and makes something of it; never throws for what the file holds. */
  static <T> Reading<T> of(Path file, ReadOptions options, Function<Document, T> reader) {
    var problems = new Problems();
    var document = new ConfigurationDocument(file, options, problems);
    Reading<T> reading = of(document.label(), problems, () -> {
      T value = requireNonNull(reader.apply(document), "the reader's result");
      document.reportUnknownKeys();
      document.reportOwnSecrets();
      return value;
    });
    return new Reading<>(
        reading.value(), problems, reading.passing() || document.dependsOnOthers());
  }

  /** Makes something of files in a form of their own; never throws for what they hold. */
  static <T> Reading<T> of(String label, Supplier<T> reader) {
    Reading<T> reading = of(label, new Problems(), reader);
    // a failure may pass although they stay as they are: a certificate is valid from tomorrow on
    return new Reading<>(reading.value(), reading.problems(), true);
  }

  private static <T> Reading<T> of(String label, Problems problems, Supplier<T> reader) {
    T value = null;
    boolean exhausted = false;
    try {
      value = reader.get();
    } catch (InvalidSettingsException e) {
      if (problems.isEmpty()) {
        problems.add(label, 0, "", String.valueOf(e.getMessage()));
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      exhausted = e instanceof OutOfMemoryError;
      // a reader that was given stand-ins may break off; otherwise this is a defect to be told
      if (problems.isEmpty()) {
        LOG.error("The content of {} could not be used.", label, withoutMessage(e));
        problems.add(
            label, 0, "", "its content could not be used: " + e.getClass().getName());
      }
    }
    return new Reading<>(problems.isEmpty() ? value : null, problems, exhausted);
  }

  /** The message may quote the content, which may be secret; where it happened does not. */
  private static Throwable withoutMessage(Throwable thrown) {
    var shown = new IllegalStateException(thrown.getClass().getName());
    shown.setStackTrace(thrown.getStackTrace());
    return shown;
  }

  /** Tells contents apart: equal for equal bytes, and for equal reasons why there are none. */
  static String fingerprint(Path file, long maxBytes) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // opening a pipe would wait for its writer
        return "not a regular file";
      }
      return Files.size(file) > maxBytes ? "too large" : digest(file);
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }

  /**
   * Whether the file may be cut off: a list of users that lacks its last lines is as good a list as any. JSON
   * that is cut off is not JSON.
   */
  static boolean endsMidLine(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        return false;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return "\n}]".indexOf(last.get(0)) < 0;
    } catch (IOException e) {
      // what cannot be read is reported when it is read
      return false;
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var digest = new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(digest);
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
