package io.sallyport.core.internal.config;

import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.ConfigurationFiles.Edit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  @Override
  public Optional<Edited<T>> edit(Edit<T> edit, T inForce, String content) throws IOException {
    if (options.references()) {
      throw new UnwritableFileException("a file with references is not written");
    }
    var problems = new Problems();
    var document = new ConfigurationDocument(file, options, problems);
    List<TextChange> changes = document.changes(edit.list(), edit::texts);
    if (!problems.isEmpty()) {
      throw UnwritableFileException.passing(
          "it has changed, and its present content is not in force");
    }
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    var change = new FileChange(changes, !document.isJson(), content);
    return new FileReplacement(file, FileReplacement.NO_PROBE).replace(change, changed -> {
      T after = Reading.of(changed, options, reader).value();
      return after != null && edit.isIntended(inForce, after)
          ? Optional.of(after)
          : Optional.empty();
    });
  }
}
