package io.sallyport.core.internal.config;

import io.sallyport.spi.ConfigurationFiles.Edit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files and what is to be made of them.
 *
 * @param <T> what is made of them
 */
interface Source<T> {

  /** What it is, for the log. */
  String what();

  /** The files as they were named, at least one. */
  List<Path> files();

  /** Reads them once; never throws for what they hold. */
  Reading<T> read();

  /** Tells contents apart. */
  String fingerprint();

  /** Takes a look at what is in force. */
  default void look(T inForce) {}

  /** The files' names, for messages. */
  default String label() {
    return files().stream().map(Shown::path).collect(Collectors.joining(" and "));
  }

  /**
   * Changes texts in what {@link #read} reads.
   *
   * @param edit what to change
   * @param inForce what is in force
   * @param content the fingerprint of what is in force
   * @return what has become of it; empty if nothing was changed
   * @throws IOException if it cannot be written
   */
  default Optional<Edited<T>> edit(Edit<T> edit, T inForce, String content) throws IOException {
    throw new UnwritableFileException("files in this form are not written");
  }

  /** What was written, and its fingerprint. */
  record Edited<T>(T value, String content) {}

  default boolean endsMidLine() {
    return files().stream().anyMatch(Reading::endsMidLine);
  }

  default List<FileSignature> signatures() {
    return files().stream().map(FileSignature::of).toList();
  }
}
