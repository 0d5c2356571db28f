package io.sallyport.core;

import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.config.PartFactories;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.spi.Factory;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes parts from their entries in the configuration. What is wrong with one becomes a problem, so that
 * the next one is looked at too.
 */
final class PartMaker {

  private static final Logger LOG = LoggerFactory.getLogger(PartMaker.class);

  private final PartFactories factories;
  private final FollowedFiles files;
  private final Problems problems;

  PartMaker(PartFactories factories, FollowedFiles files, Problems problems) {
    this.factories = factories;
    this.files = files;
    this.problems = problems;
  }

  /** The part that an entry with {@code implementation} and {@code properties} describes. */
  <T extends AutoCloseable> Optional<T> make(
      Class<? extends Factory<T>> kind, Settings entry, ProviderContext context) {
    DocumentSettings properties =
        (DocumentSettings) ((DocumentSettings) entry).sectionOrEmpty("properties");
    Optional<? extends Factory<T>> factory = factories.find(kind, entry);
    if (factory.isEmpty()) {
      properties.takeAllAsKnown();
      return Optional.empty();
    }
    return make(factory.get(), properties, context);
  }

  /** The part that a factory makes from its properties; empty if there is any problem with it. */
  <T extends AutoCloseable> Optional<T> make(
      Factory<T> factory, Settings properties, ProviderContext context) {
    long before = problems.count();
    try {
      return Optional.of(factory.create(properties, context));
    } catch (InvalidSettingsException e) {
      // a file that the part reads has problems of its own, each with its line
      files.problemsOf(e).ifPresent(problems::addAll);
      if (problems.count() == before) {
        properties.reject(String.valueOf(e.getMessage()));
      }
    } catch (RuntimeException | LinkageError e) {
      // what is built from stand-ins may fail in any way; the problem behind it is noted already
      if (problems.count() == before) {
        LOG.error("{} failed", factory.getClass().getName(), e);
        properties.reject(factory.getClass().getName() + " failed with " + told(e)
            + ", see the log; check that its jar fits this release, and that the jars that it needs are"
            + " there");
        if (properties instanceof DocumentSettings unread) {
          // it got no further, so nobody can tell which keys it would have read
          unread.takeAllAsKnown();
        }
      }
    }
    return Optional.empty();
  }

  /** The kind of a failure. Of a class that is lacking, its name is told, and never a value. */
  private static String told(Throwable failure) {
    String kind = failure.getClass().getName();
    return failure instanceof NoClassDefFoundError
        ? kind + " (" + failure.getMessage() + ")"
        : kind;
  }
}
