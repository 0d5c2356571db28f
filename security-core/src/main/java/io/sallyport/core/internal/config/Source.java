package io.sallyport.core.internal.config;

import io.sallyport.spi.ConfigurationFiles.Document;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A file and what is to be made of it.
 *
 * @param <T> what is made of it
 * @param what what the file is, for the log
 * @param file the file as it was named
 * @param options how it is read
 * @param reader makes the content
 */
record Source<T>(String what, Path file, ReadOptions options, Function<Document, T> reader) {

  Reading<T> read() {
    return Reading.of(file, options, reader);
  }

  String fingerprint() {
    return Reading.fingerprint(file, options.maxStreamedBytes());
  }

  boolean endsMidLine() {
    return Reading.endsMidLine(file);
  }

  FileSignature signature() {
    return FileSignature.of(file);
  }
}
