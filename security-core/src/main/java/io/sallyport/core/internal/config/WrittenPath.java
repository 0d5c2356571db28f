package io.sallyport.core.internal.config;

import java.nio.file.Path;

/** How a path in a document is meant. */
final class WrittenPath {

  private WrittenPath() {}

  /** Relative to the folder of the document, or to the user's home where it begins with {@code ~/}. */
  static Path resolve(Path folder, String written) {
    if (written.startsWith("~/")) {
      return Path.of(System.getProperty("user.home")).resolve(written.substring(2));
    }
    return folder.resolve(written);
  }
}
