package io.sallyport.spi;

import io.sallyport.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads YAML and JSON files, and keeps what was read up to date.
 *
 * <p>Reading is strict: duplicate keys, tags and merge keys are errors, and depth, aliases and size are
 * bounded. A name that ends in {@code .json} is read as JSON, every other one as YAML.
 *
 * <p>Sallyport implements it.
 *
 * @since 0.1
 */
public interface ConfigurationFiles {

  /**
   * Reads a file now, and again within a second of every change: a write, an editor's rename, a symbolic
   * link that points elsewhere. While a changed file is broken, the last good content stays in force and
   * the log says what is wrong.
   *
   * @param <T> what the content becomes: immutable, and swapped in one step
   * @param what what the file is, for the log, such as {@code userstore}
   * @param file the file, see {@link Settings#file(String)}
   * @param reader makes the content from the document; runs once at a time
   * @return the content and its successors
   * @throws InvalidSettingsException if the file cannot be used now; the message lists all problems
   */
  <T> Reloadable<T> load(String what, Path file, Function<Document, T> reader);

  /**
   * As {@link #load}, for a file that holds secrets or says where they are: {@code ${env:NAME}} and {@code
   * ${file:path}} in its scalars stand for a variable of the environment and for the text of a file. Each file
   * that is referred to must be readable for its owner alone, and so must the file itself if it holds a secret
   * and not merely a reference to one; what {@code allow_readable_by_others} in it lists by name only
   * warns. It cannot be edited.
   *
   * <p>A change of a file that is referred to does not count as a change. While the content cannot be used,
   * reading is tried again now and then, since the reason may lie outside of the file.
   *
   * @param <T> what the content becomes: immutable, and swapped in one step
   * @param what what the file is, for the log, such as {@code keys}
   * @param file the file, see {@link Settings#file(String)}
   * @param reader makes the content from the document; runs once at a time
   * @return the content and its successors
   * @throws InvalidSettingsException if the file cannot be used now; the message lists all problems
   */
  <T> Reloadable<T> loadWithSecrets(String what, Path file, Function<Document, T> reader);

  /** A structured file that is being read. Valid only during the call of the reader. */
  interface Document {

    /**
     * Reads the whole document into memory.
     *
     * @return the document, a mapping
     */
    Settings settings();

    /**
     * Reads the document, handing over the elements of one top-level list, or the values of a top-level
     * mapping, one at a time, so that a list of a million elements is never in memory as a whole.
     *
     * @param key the key of the list
     * @param element called with each element, a mapping, in order; the element is not valid afterwards
     * @return the rest of the document; {@code key} has an empty list there if the document has it at all
     */
    Settings settings(String key, Consumer<Settings> element);
  }

  /**
   * Content of a file that follows the file.
   *
   * @param <T> what the content is
   */
  interface Reloadable<T> extends AutoCloseable {

    /**
     * The last good content.
     *
     * @return the content, swapped as a whole; a plain read of a volatile field
     */
    T current();

    /**
     * Changes some texts in the file. Everything else in it stays as it is, byte for byte: comments, order
     * and layout. The file is replaced in one step, and {@link #current} with it.
     *
     * <p>What the file has become is read with the reader of {@link #load} and shown to {@link
     * Edit#isIntended} before anything is replaced. A file that was changed meanwhile is left alone.
     *
     * @param edit what to change; called on the caller's thread before this returns
     * @return false if there was nothing to change in what can be changed, or it was not what was intended;
     *     nothing is changed then
     * @throws UnavailableException if the file cannot be written now, or at all; nothing is changed then
     */
    default boolean edit(Edit<T> edit) {
      throw new UnavailableException(
          "this content cannot be written", Duration.ofMinutes(10), null);
    }

    /** Stops following the file. */
    @Override
    void close();
  }

  /**
   * A change of texts in the elements of one list at the top of a document.
   *
   * @param <T> what the content is
   */
  interface Edit<T> {

    /**
     * Which list.
     *
     * @return its key; the list may be written as a mapping
     */
    String list();

    /**
     * What is to stand in an element. A key that the element has gets another text, one that it lacks is
     * added. An element is left as it is if one of its texts is not its own, but an alias or has an anchor.
     *
     * @param element the element; not valid afterwards
     * @return texts by their keys, each of 1 to 8192 printable ASCII characters without quotes and
     *     backslashes; empty if nothing is to change
     */
    Map<String, Secret> texts(Settings element);

    /**
     * Checks the outcome before the file is replaced.
     *
     * @param before what is in force
     * @param after what it would become
     * @return whether all that should have changed has changed, and nothing else
     */
    boolean isIntended(T before, T after);
  }
}
