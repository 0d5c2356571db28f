package io.sallyport.core.internal.config;

import io.sallyport.spi.ConfigurationFiles.Document;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * One document and what is to be made of it.
 *
 * @param <T> what is made of it
 * @param what what the file is, for the log
 * @param file the file as it was named
 * @param options how it is read
 * @param reader makes the content from the document
 */
record DocumentSource<T>(String what, Path file, ReadOptions options, Function<Document, T> reader)
    implements Source<T> {

  @Override
  public List<Path> files() {
    return List.of(file);
  }

  @Override
  public Reading<T> read() {
    return Reading.of(file, options, reader);
  }

  @Override
  public String fingerprint() {
    return Reading.fingerprint(file, options.maxStreamedBytes());
  }
}
