package io.sallyport.core.internal.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files in a form of their own.
 *
 * @param <T> what is made of them
 * @param content reads them
 */
record ContentSource<T>(FollowedContent<T> content) implements Source<T> {

  /** Beyond it, contents are not told apart; they are far too large for their readers anyway. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  @Override
  public String what() {
    return content.what();
  }

  @Override
  public List<Path> files() {
    return content.files();
  }

  @Override
  public Reading<T> read() {
    return Reading.of(label(), content::read);
  }

  @Override
  public String fingerprint() {
    return files().stream()
        .map(file -> Reading.fingerprint(file, MAX_BYTES))
        .collect(Collectors.joining(" "));
  }

  @Override
  public void look(T inForce) {
    content.look(inForce);
  }
}
