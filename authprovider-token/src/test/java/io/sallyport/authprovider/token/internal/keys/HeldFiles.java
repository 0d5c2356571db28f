package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** One file in memory, whose content can be replaced; what is broken then is not taken. */
final class HeldFiles implements ConfigurationFiles {

  private Map<String, Object> content;
  private Runnable reload = () -> {};

  HeldFiles(Map<String, Object> content) {
    this.content = content;
  }

  /** Has the content read that it has from now on. */
  void replace(Map<String, Object> replacement) {
    content = replacement;
    reload.run();
  }

  @Override
  public <T> Reloadable<T> load(String what, Path file, Function<Document, T> reader) {
    throw new AssertionError("keys are secrets");
  }

  @Override
  public <T> Reloadable<T> loadWithSecrets(String what, Path file, Function<Document, T> reader) {
    var loaded = new Held<T>(read(reader));
    reload = () -> loaded.take(reader);
    return loaded;
  }

  private <T> T read(Function<Document, T> reader) {
    var settings = new MapSettings(content);
    T value = reader.apply(new Held.OfMap(settings));
    List<String> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(String.join("; ", problems));
    }
    return value;
  }

  private final class Held<T> implements Reloadable<T> {

    private volatile T current;

    Held(T first) {
      current = first;
    }

    void take(Function<Document, T> reader) {
      try {
        current = read(reader);
      } catch (InvalidSettingsException e) {
        // the last good content stays in force
        current = current();
      }
    }

    @Override
    public T current() {
      return current;
    }

    @Override
    public void close() {
      reload = () -> {};
    }

    private record OfMap(Settings settings) implements Document {
      @Override
      public Settings settings(String key, Consumer<Settings> element) {
        throw new AssertionError("keys are few");
      }
    }
  }
}
