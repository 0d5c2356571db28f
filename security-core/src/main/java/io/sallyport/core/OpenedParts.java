package io.sallyport.core;

import io.sallyport.core.internal.config.FollowedFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that was opened for one configuration, to be closed in the reverse order. */
final class OpenedParts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenedParts.class);

  private final FollowedFiles files;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  OpenedParts(FollowedFiles files) {
    this.files = files;
  }

  FollowedFiles files() {
    return files;
  }

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      closeQuietly(parts.pop());
    }
    closeQuietly(files);
  }

  /** One part that cannot be closed must not keep the others open. */
  static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} could not be closed", part.getClass().getName(), e);
    }
  }
}
