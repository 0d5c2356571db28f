package io.sallyport.containers;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The cases that are sent.
 *
 * @param file one case a line
 * @param isOurs whether they are those of which we know and document the outcome
 */
record Corpus(Path file, boolean isOurs) {

  /** The file that {@code -Dcorpus} names, or else ours. */
  static Corpus configured() {
    String given = System.getProperty("corpus", "");
    return given.isEmpty() ? ours() : new Corpus(Path.of(given).toAbsolutePath(), false);
  }

  static Corpus ours() {
    return new Corpus(resource("corpus/corpus.jsonl"), true);
  }

  static Path runner() {
    return resource("corpus/run.py");
  }

  /** The texts that must not begin a line of any log. */
  List<String> logMarkers() throws IOException {
    return JsonLines.read(file).stream()
        .map((Map<String, String> one) -> one.get("log_marker"))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Corpus.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
