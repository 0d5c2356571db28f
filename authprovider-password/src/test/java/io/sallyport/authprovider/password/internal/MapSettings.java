package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings out of a map, with the kinds of values that this module reads. */
public final class MapSettings implements Settings {

  private final Map<String, Object> values;
  private final List<String> problems;

  public MapSettings(Map<String, Object> values) {
    this(values, new ArrayList<>());
  }

  private MapSettings(Map<String, Object> values, List<String> problems) {
    this.values = values;
    this.problems = problems;
  }

  public List<String> problems() {
    return problems;
  }

  @Override
  public String location() {
    return "test";
  }

  @Override
  public Set<String> keys() {
    return values.keySet();
  }

  @Override
  public boolean has(String key) {
    return values.containsKey(key);
  }

  @Override
  public boolean isText(String key) {
    return values.get(key) instanceof String;
  }

  @Override
  public String text(String key, String fallback) {
    return (String) values.getOrDefault(key, fallback);
  }

  @Override
  public boolean flag(String key, boolean fallback) {
    return (boolean) values.getOrDefault(key, fallback);
  }

  @Override
  public long integer(String key, long fallback, long min, long max) {
    long value = ((Number) values.getOrDefault(key, fallback)).longValue();
    if (value < min || value > max) {
      reject(key, "expected " + min + " to " + max);
      return fallback;
    }
    return value;
  }

  @Override
  public Optional<Settings> optionalSection(String key) {
    return Optional.ofNullable((MapSettings) values.get(key))
        .map(section -> new MapSettings(section.values, problems));
  }

  @Override
  public void reject(String key, String expected) {
    problems.add(key + ": " + expected);
  }

  @Override
  public void reject(String problem) {
    problems.add(problem);
  }

  @Override
  public String text(String key) {
    if (!has(key)) {
      reject(key, "is missing");
    }
    return text(key, "stand-in");
  }

  @Override
  public Optional<String> optionalText(String key) {
    throw notRead(key);
  }

  @Override
  public Secret secret(String key) {
    return Secret.ofText((String) values.get(key));
  }

  @Override
  public Optional<Secret> optionalSecret(String key) {
    throw notRead(key);
  }

  @Override
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    Duration value = (Duration) values.getOrDefault(key, fallback);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      reject(key, "expected " + min + " to " + max);
      return fallback;
    }
    return value;
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return type.cast(values.getOrDefault(key, fallback));
  }

  @Override
  public Path file(String key) {
    throw notRead(key);
  }

  @Override
  public List<String> texts(String key) {
    throw notRead(key);
  }

  @Override
  public Settings section(String key) {
    return optionalSection(key).orElseThrow();
  }

  @Override
  public List<Settings> sections(String key) {
    throw notRead(key);
  }

  private static AssertionError notRead(String key) {
    return new AssertionError("this module reads no such kind of value: " + key);
  }
}
