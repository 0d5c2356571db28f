package io.sallyport.authprovider.token.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Settings from a map of texts, numbers and lists, with the problems that were noted. */
public final class MapSettings implements Settings {

  private final Map<String, Object> values;
  private final Set<String> unread;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<MapSettings>> children = new HashMap<>();

  public MapSettings(Map<String, Object> values) {
    this.values = Map.copyOf(values);
    this.unread = new TreeSet<>(values.keySet());
  }

  /** What was noted, and the keys that nobody asked for. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    unread.forEach(key -> all.add(key + ": unknown key"));
    children
        .values()
        .forEach(sections -> sections.forEach(section -> all.addAll(section.problems())));
    return all;
  }

  @Override
  public String location() {
    return "security.yaml:1";
  }

  @Override
  public Set<String> keys() {
    return values.keySet();
  }

  @Override
  public boolean has(String key) {
    unread.remove(key);
    return values.containsKey(key);
  }

  @Override
  public boolean isText(String key) {
    return has(key) && !(values.get(key) instanceof Map);
  }

  @Override
  public String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, "missing"));
  }

  @Override
  public String text(String key, String fallback) {
    return optionalText(key).orElse(fallback);
  }

  @Override
  public Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(values.get(key).toString()) : Optional.empty();
  }

  @Override
  public Secret secret(String key) {
    return Secret.ofText(text(key));
  }

  @Override
  public Optional<Secret> optionalSecret(String key) {
    return optionalText(key).map(Secret::ofText);
  }

  @Override
  public boolean flag(String key, boolean fallback) {
    return optionalText(key).map(Boolean::parseBoolean).orElse(fallback);
  }

  @Override
  public long integer(String key, long fallback, long min, long max) {
    long value = optionalText(key).map(Long::parseLong).orElse(fallback);
    if (value < min || value > max) {
      reject(key, "expected " + min + " to " + max);
      return fallback;
    }
    return value;
  }

  @Override
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    Duration value = optionalText(key)
        .map(text -> Duration.parse(
            text.endsWith("d")
                ? "P" + text.toUpperCase(Locale.ROOT)
                : "PT" + text.toUpperCase(Locale.ROOT)))
        .orElse(fallback);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      reject(key, "expected " + min + " to " + max);
      return fallback;
    }
    return value;
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return optionalText(key)
        .map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)))
        .orElse(fallback);
  }

  @Override
  public Path file(String key) {
    return Path.of("/etc/sallyport").resolve(text(key));
  }

  @Override
  public List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    return values.get(key) instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(values.get(key).toString());
  }

  @Override
  @SuppressWarnings("unchecked") // the tests write them so
  public Settings section(String key) {
    if (!has(key)) {
      return new MapSettings(Map.of());
    }
    return children
        .computeIfAbsent(
            key, name -> List.of(new MapSettings((Map<String, Object>) values.get(name))))
        .get(0);
  }

  @Override
  public Optional<Settings> optionalSection(String key) {
    return has(key) ? Optional.of(section(key)) : Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked") // the tests write them so
  public List<Settings> sections(String key) {
    if (!has(key)) {
      return List.of();
    }
    return List.copyOf(children.computeIfAbsent(
        key,
        name -> ((List<Map<String, Object>>) values.get(name))
            .stream().map(MapSettings::new).toList()));
  }

  @Override
  public void reject(String key, String expected) {
    problems.add(key + ": " + expected);
  }

  @Override
  public void reject(String problem) {
    problems.add(problem);
  }

  private String missing(String key, String problem) {
    reject(key, problem);
    return "";
  }
}
