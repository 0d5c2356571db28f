package io.sallyport.core.internal.config;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.Node.Mapping;
import io.sallyport.core.internal.config.Node.Scalar;
import io.sallyport.core.internal.config.Node.Sequence;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A YAML or JSON file that is read once, strictly. Whatever is wrong with it becomes a problem, never an
 * exception.
 */
public final class ConfigurationDocument implements ConfigurationFiles.Document {

  /** The list of referenced files which others than their owner may read. */
  public static final String ALLOW_READABLE = "allow_readable_by_others";

  private static final int MAX_CHARACTERS_OF_ONE_VALUE = 2 * DocumentReader.MAX_SCALAR;

  private final Path file;
  private final String label;
  private final Path folder;
  private final ReadOptions options;
  private final Problems problems;
  private final List<DocumentSettings> roots = new ArrayList<>();
  private boolean brokeOff;
  private @Nullable References references;

  /**
   * A document that is going to be read.
   *
   * @param file the file; problems name it as it is given here
   * @param options how it is read
   * @param problems where problems go
   */
  public ConfigurationDocument(Path file, ReadOptions options, Problems problems) {
    this.file = file;
    this.label = Shown.path(file);
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? file.toAbsolutePath() : parent;
    this.options = options;
    this.problems = problems;
  }

  /**
   * Reads a whole document.
   *
   * @param file the file; problems name it as it is given here
   * @param options how it is read
   * @param problems where problems go; if the document cannot be read at all, what is returned stands in
   *     for it and notes nothing more
   * @return its settings
   */
  public static DocumentSettings read(Path file, ReadOptions options, Problems problems) {
    return new ConfigurationDocument(file, options, problems).read(null, (element, path) -> {});
  }

  @Override
  public DocumentSettings settings() {
    return read(null, (element, path) -> {});
  }

  @Override
  public DocumentSettings settings(String key, Consumer<Settings> element) {
    DocumentContext context = context(Set.of());
    return read(key, (mapping, path) -> {
      var settings = new DocumentSettings(context, mapping, path);
      element.accept(settings);
      settings.reportUnknownKeys();
    });
  }

  /** Notes every key that nobody asked for, once whoever reads has finished. */
  void reportUnknownKeys() {
    roots.forEach(DocumentSettings::reportUnknownKeys);
  }

  /** Notes it if the document holds a secret and others than its owner may read it. */
  void reportOwnSecrets() {
    if (options.ownerAlone() && references != null) {
      references.judgeOwn(file, problem -> problems.add(label, 0, "", problem));
    }
  }

  /** Whether reading may succeed another time though the file stays as it is. */
  boolean dependsOnOthers() {
    return brokeOff || options.ownerAlone();
  }

  /** The file as messages name it. */
  String label() {
    return label;
  }

  /**
   * Reads the document, and finds out what to change in its text so that elements of a list have other
   * texts.
   *
   * @param list the key of the list
   * @param texts the texts that an element is to have; none if it stays as it is
   * @return the changes; those elements are left out that are written in a way that is not changed
   */
  List<TextChange> changes(String list, Function<Settings, Map<String, Secret>> texts) {
    List<TextChange> changes = new ArrayList<>();
    DocumentContext context = context(Set.of()).ignoringProblems();
    var elementChanges = new ElementChanges(isJson());
    read(list, cursor -> new PlacingCursor(cursor, list), (cursor, mapping, path) -> {
      var wanted = texts.apply(new DocumentSettings(context, mapping, path));
      cursor.takeElement().ifPresent(element -> changes.addAll(elementChanges.of(element, wanted)));
    });
    return changes;
  }

  private DocumentSettings read(@Nullable String streamed, DocumentReader.Elements elements) {
    return read(
        streamed, cursor -> cursor, (cursor, mapping, path) -> elements.accept(mapping, path));
  }

  /** Takes the elements of a list, and the cursor that stands behind each. */
  private interface ElementsAt<C> {
    void accept(C cursor, Mapping element, String path);
  }

  private <C extends Cursor> DocumentSettings read(
      @Nullable String streamed, Function<Cursor, C> cursors, ElementsAt<C> elements) {
    long limit = streamed == null ? options.maxBytes() : options.maxStreamedBytes();
    try (InputStream in = open(limit)) {
      C cursor = cursors.apply(cursor(in, limit));
      var reader = new DocumentReader(cursor, label, problems);
      Mapping root =
          reader.read(streamed, (element, path) -> elements.accept(cursor, element, path));
      var settings = new DocumentSettings(context(allowedReadable(root)), root, "");
      if (streamed != null) {
        settings.know(streamed);
      }
      if (options.references()) {
        settings.know(ALLOW_READABLE);
      }
      roots.add(settings);
      return settings;
    } catch (BrokenDocumentException e) {
      problems.add(label, e.line(), "", e.text());
    } catch (AccessDeniedException e) {
      problems.add(
          label, 0, "", "the file may not be read by this process; check its owner and mode");
    } catch (NoSuchFileException e) {
      problems.add(label, 0, "", "the file is not there; check the path, or create it");
    } catch (IOException e) {
      brokeOff = true;
      problems.add(label, 0, "", "the file cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    return DocumentSettings.standIn(context(Set.of()), 0, "");
  }

  private InputStream open(long limit) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BrokenDocumentException(0, "this is a directory; a file is expected");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new BrokenDocumentException(0, "this is not a regular file");
    }
    if (Files.size(file) > limit) {
      throw new BrokenDocumentException(0, Utf8Reader.tooLarge(limit));
    }
    return Files.newInputStream(file);
  }

  private Cursor cursor(InputStream in, long limit) throws IOException {
    return isJson()
        ? new JsonCursor(new Utf8Reader(in, limit))
        : new YamlCursor(new Utf8Reader(in, limit, MAX_CHARACTERS_OF_ONE_VALUE));
  }

  boolean isJson() {
    return label.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  private DocumentContext context(Set<String> allowedReadable) {
    references = options.references()
        ? new References(folder, options.environment(), allowedReadable)
        : null;
    return new DocumentContext(label, folder, references, problems);
  }

  private Set<String> allowedReadable(Mapping root) {
    Node.Member member = root.members().get(ALLOW_READABLE);
    if (member == null || !options.references()) {
      return Set.of();
    }
    Node value = member.value();
    List<Node> elements = value instanceof Sequence list ? list.elements() : List.of(value);
    Set<String> names = new HashSet<>();
    for (Node element : elements) {
      if (element instanceof Scalar scalar) {
        names.add(scalar.text());
      } else {
        problems.add(label, element.line(), ALLOW_READABLE, "expected a list of file names");
      }
    }
    return names;
  }
}
