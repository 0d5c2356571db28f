package io.sallyport.core.internal.config;

import java.nio.file.Path;
import java.util.List;
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

  default boolean endsMidLine() {
    return files().stream().anyMatch(Reading::endsMidLine);
  }

  default List<FileSignature> signatures() {
    return files().stream().map(FileSignature::of).toList();
  }
}
