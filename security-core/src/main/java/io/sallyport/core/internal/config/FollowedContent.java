package io.sallyport.core.internal.config;

import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that is made of one or several files together, in a form of its own.
 *
 * <p><b>Threads.</b> {@link #read} runs on the caller's thread the first time; from then on everything is
 * called by the following thread alone.
 *
 * @param <T> what it is: immutable, and swapped in one step
 */
public interface FollowedContent<T> {

  /**
   * What it is, for the log.
   *
   * @return a few words, such as {@code TLS certificate and key}
   */
  String what();

  /**
   * The files. A change of any is a change of all.
   *
   * @return at least one, those that belong together
   */
  List<Path> files();

  /**
   * Reads all files and checks that they go together.
   *
   * @return what they are now
   * @throws InvalidSettingsException if they cannot be used now; the message has no secrets
   */
  T read();

  /**
   * Called about twice a second with what is in force, changed or not: what depends on the time of day can
   * be noticed here.
   *
   * @param inForce the last good content
   */
  default void look(T inForce) {}
}
