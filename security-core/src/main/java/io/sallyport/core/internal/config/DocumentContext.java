package io.sallyport.core.internal.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What all sections of a document have in common.
 *
 * @param file the file as it was named
 * @param folder what relative paths start from
 * @param references expands references; null where every text means itself
 * @param problems where problems go
 */
record DocumentContext(
    String file, Path folder, @Nullable References references, Problems problems) {

  /** The same for a stand-in, of which no problem is worth telling. */
  DocumentContext ignoringProblems() {
    return new DocumentContext(file, folder, references, Problems.ignored());
  }
}
