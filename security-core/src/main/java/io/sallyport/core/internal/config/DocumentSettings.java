package io.sallyport.core.internal.config;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.Node.Mapping;
import io.sallyport.core.internal.config.Node.Member;
import io.sallyport.core.internal.config.Node.Scalar;
import io.sallyport.core.internal.config.Node.Sequence;
import io.sallyport.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One mapping of a document as typed settings; what is wrong with it is collected. */
public final class DocumentSettings implements Settings {

  /** The name of the file that stands in for a path that is missing or wrong. */
  static final String STAND_IN = "stand-in-for-a-missing-path";

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final int MAX_LISTED = 12;

  private final DocumentContext context;
  private final Mapping mapping;
  private final String path;
  private final boolean secret;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> readAsSecret = new HashSet<>(2);
  private final Set<String> rejected = new HashSet<>(2);
  private final Map<String, List<DocumentSettings>> children = new HashMap<>(4);

  DocumentSettings(DocumentContext context, Mapping mapping, String path) {
    this(context, mapping, path, false);
  }

  private DocumentSettings(DocumentContext context, Mapping mapping, String path, boolean secret) {
    this.context = context;
    this.mapping = mapping;
    this.path = path;
    this.secret = secret;
  }

  /** Stands in for a document or section that could not be read; nothing more is said about it. */
  static DocumentSettings standIn(DocumentContext context, int line, String path) {
    return new DocumentSettings(context.ignoringProblems(), new Mapping(Map.of(), line), path);
  }

  /**
   * Notes every key that nobody asked for, here and in the sections that were read. To be called when
   * whoever reads has finished.
   */
  public void reportUnknownKeys() {
    mapping.members().forEach((key, member) -> {
      if (!asked.contains(key)) {
        context.problems().add(context.file(), member.line(), pathOf(key), unknown(key));
      }
    });
    children.values().forEach(views -> views.forEach(DocumentSettings::reportUnknownKeys));
  }

  /** Takes it that all keys are known: nobody can tell, since what would have read them is not there. */
  public void takeAllAsKnown() {
    asked.addAll(mapping.members().keySet());
  }

  /** Takes it that a key is known, though nobody reads it from here. */
  void know(String key) {
    asked.add(key);
  }

  private String unknown(String key) {
    List<String> free =
        asked.stream().filter(name -> !mapping.members().containsKey(name)).toList();
    return NearestName.of(key, free)
        .map(name -> "unknown key; did you mean \"" + name + "\"?")
        .orElseGet(() -> asked.isEmpty() || asked.size() > MAX_LISTED
            ? "unknown key; remove it"
            : "unknown key; remove it, known here: " + String.join(", ", asked));
  }

  @Override
  public String location() {
    String place =
        mapping.line() > 0 ? context.file() + ", line " + mapping.line() : context.file();
    return path.isEmpty() ? place : place + ", " + path;
  }

  /**
   * Where this mapping stands, in short.
   *
   * @return the file's name and the line
   */
  public String place() {
    return context.file().substring(context.file().lastIndexOf('/') + 1) + ":" + mapping.line();
  }

  @Override
  public Set<String> keys() {
    return Collections.unmodifiableSet(mapping.members().keySet());
  }

  @Override
  public boolean has(String key) {
    return member(key) != null;
  }

  @Override
  public String text(String key) {
    return required(key, "a text").orElse("stand-in");
  }

  @Override
  public String text(String key, String fallback) {
    return scalar(key, "a text").orElse(fallback);
  }

  @Override
  public Optional<String> optionalText(String key) {
    return scalar(key, "a text");
  }

  @Override
  public Secret secret(String key) {
    readAsSecret.add(key);
    noteIfBeside(key);
    return Secret.ofText(required(key, "a secret text").orElse("stand-in"));
  }

  private void noteIfBeside(String key) {
    References references = context.references();
    Member member = member(key);
    if (references != null
        && member != null
        && member.value() instanceof Scalar scalar
        && !References.isIn(scalar.text())) {
      references.noteSecretBeside();
    }
  }

  @Override
  public Optional<Secret> optionalSecret(String key) {
    readAsSecret.add(key);
    if (member(key) == null) {
      return Optional.empty();
    }
    return Optional.of(secret(key));
  }

  @Override
  public boolean flag(String key, boolean fallback) {
    String expected = "true or false";
    Optional<String> text = scalar(key, expected);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      problem(key, "expected " + expected);
      return fallback;
    }
    return text.map("true"::equals).orElse(fallback);
  }

  @Override
  public long integer(String key, long fallback, long min, long max) {
    String expected =
        min == max ? String.valueOf(min) : "a whole number from " + min + " to " + max;
    return scalar(key, expected)
        .map(text -> {
          Optional<Long> number = number(text).filter(n -> n >= min && n <= max);
          if (number.isEmpty()) {
            problem(key, "expected " + expected);
          }
          return number.orElse(fallback);
        })
        .orElse(fallback);
  }

  private static Optional<Long> number(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      // nineteen digits may be too many by a little
      return Optional.empty();
    }
  }

  @Override
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    String expected =
        "a number with a unit, from " + TimeSpan.write(min) + " to " + TimeSpan.write(max);
    return scalar(key, expected)
        .map(text -> {
          Optional<Duration> span =
              TimeSpan.parse(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
          if (span.isEmpty()) {
            problem(key, "expected " + expected + ", such as " + TimeSpan.write(fallback));
          }
          return span.orElse(fallback);
        })
        .orElse(fallback);
  }

  @Override
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Map<String, E> choices = new java.util.LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    String expected = "one of " + String.join(", ", choices.keySet());
    return scalar(key, expected)
        .map(text -> {
          E choice = choices.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
          if (choice == null) {
            problem(key, "expected " + expected + suggestion(text, choices.keySet()));
          }
          return choice == null ? fallback : choice;
        })
        .orElse(fallback);
  }

  private static String suggestion(String text, Set<String> candidates) {
    return NearestName.of(text, candidates)
        .map(name -> "; did you mean \"" + name + "\"?")
        .orElse("");
  }

  @Override
  public Path file(String key) {
    Path folder = context.folder();
    return required(key, "the path of a file")
        .map(text -> {
          try {
            return WrittenPath.resolve(folder, text);
          } catch (InvalidPathException e) {
            problem(key, "expected the path of a file");
            return folder.resolve(STAND_IN);
          }
        })
        .orElseGet(() -> folder.resolve(STAND_IN));
  }

  @Override
  public List<String> texts(String key) {
    Member member = member(key);
    if (member == null || isNothing(member.value())) {
      return List.of();
    }
    List<Node> elements =
        member.value() instanceof Sequence list ? list.elements() : List.of(member.value());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String elementPath = elements.size() == 1 ? key : key + "." + (i + 1);
      text(key, elementPath, elements.get(i)).ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }

  private Optional<String> text(String key, String elementPath, Node element) {
    if (!(element instanceof Scalar scalar)) {
      note(
          key, elementPath, element, "expected a text or a list of texts, found " + element.kind());
      return Optional.empty();
    }
    Optional<String> text = expanded(key, elementPath, scalar);
    if (text.isPresent() && text.get().isEmpty()) {
      note(key, elementPath, element, "expected a text that is not empty");
      return Optional.empty();
    }
    return text;
  }

  @Override
  public Settings section(String key) {
    Member member = member(key);
    if (member == null) {
      missing(key, "a mapping");
      return standIn(context, mapping.line(), pathOf(key));
    }
    return view(key, member);
  }

  @Override
  public Optional<Settings> optionalSection(String key) {
    Member member = member(key);
    return member == null ? Optional.empty() : Optional.of(view(key, member));
  }

  /**
   * A mapping that may be absent, with the same keys asked for as if it were there and empty.
   *
   * @param key the key
   * @return its view
   */
  public Settings sectionOrEmpty(String key) {
    return optionalSection(key)
        .orElseGet(() -> view(key, pathOf(key), new Mapping(Map.of(), mapping.line())));
  }

  @Override
  public boolean isText(String key) {
    Member member = member(key);
    return member != null && member.value() instanceof Scalar;
  }

  /** A value that is nothing is a section without keys: whoever needs one of them will say so. */
  private Settings view(String key, Member member) {
    if (member.value() instanceof Mapping section) {
      return child(key, () -> List.of(view(key, pathOf(key), section))).get(0);
    }
    if (isNothing(member.value())) {
      return view(key, pathOf(key), new Mapping(Map.of(), member.line()));
    }
    problem(key, "expected a mapping, found " + member.value().kind());
    return standIn(context, member.line(), pathOf(key));
  }

  @Override
  public List<Settings> sections(String key) {
    Member member = member(key);
    if (member == null || isNothing(member.value())) {
      return List.of();
    }
    return List.copyOf(child(key, () -> views(key, member.value())));
  }

  private List<DocumentSettings> views(String key, Node value) {
    List<DocumentSettings> views = new ArrayList<>();
    if (value instanceof Sequence list) {
      for (int i = 0; i < list.elements().size(); i++) {
        addView(views, key, key + "." + (i + 1), list.elements().get(i));
      }
    } else if (value instanceof Mapping labeled && hasOnlyMappings(labeled)) {
      labeled
          .members()
          .forEach((label, element) ->
              addView(views, key, key + "." + Shown.of(label), element.value()));
    } else {
      problem(key, "expected a list of mappings, found " + value.kind());
    }
    return views;
  }

  private static boolean hasOnlyMappings(Mapping labeled) {
    return labeled.members().values().stream()
        .allMatch(member -> member.value() instanceof Mapping);
  }

  private void addView(List<DocumentSettings> views, String key, String elementPath, Node element) {
    if (element instanceof Mapping section) {
      views.add(view(key, prefixed(elementPath), section));
    } else {
      note(key, elementPath, element, "expected a mapping, found " + element.kind());
    }
  }

  private DocumentSettings view(String key, String viewPath, Mapping section) {
    return new DocumentSettings(context, section, viewPath, secret || Shown.isSecretName(key));
  }

  /** The same views however often a section is read, so that what was asked for adds up. */
  private List<DocumentSettings> child(
      String key, java.util.function.Supplier<List<DocumentSettings>> views) {
    List<DocumentSettings> known = children.get(key);
    if (known == null) {
      known = views.get();
      children.put(key, known);
    }
    return known;
  }

  @Override
  public void reject(String key, String expected) {
    asked.add(key);
    if (!rejected.contains(key)) {
      problem(key, expected);
    }
  }

  @Override
  public void reject(String problem) {
    context.problems().add(context.file(), mapping.line(), path, problem);
  }

  private @Nullable Member member(String key) {
    asked.add(key);
    return mapping.members().get(key);
  }

  private static boolean isNothing(Node value) {
    return value instanceof Scalar scalar && scalar.isNothing();
  }

  private Optional<String> required(String key, String expected) {
    if (member(key) == null) {
      missing(key, expected);
      return Optional.empty();
    }
    Optional<String> text = scalar(key, expected);
    if (text.isPresent() && text.get().isEmpty()) {
      problem(key, "is empty; expected " + expected);
      return Optional.empty();
    }
    return text;
  }

  private void missing(String key, String expected) {
    rejected.add(key);
    context
        .problems()
        .add(context.file(), mapping.line(), pathOf(key), "is missing; expected " + expected);
  }

  /** The text of a key; empty if it is absent, and if there is a problem, which is then noted. */
  private Optional<String> scalar(String key, String expected) {
    Member member = member(key);
    if (member == null) {
      return Optional.empty();
    }
    if (member.value() instanceof Scalar scalar) {
      return expanded(key, key, scalar);
    }
    problem(key, "expected " + expected + ", found " + member.value().kind());
    return Optional.empty();
  }

  private Optional<String> expanded(String key, String elementPath, Scalar scalar) {
    References references = context.references();
    if (references == null || !References.isIn(scalar.text())) {
      return Optional.of(scalar.text());
    }
    List<String> problems = new ArrayList<>();
    String text = references.expand(scalar.text(), problems::add);
    Consumer<String> note = problem -> note(key, elementPath, scalar, problem);
    problems.forEach(note);
    return problems.isEmpty() ? Optional.of(text) : Optional.empty();
  }

  private void problem(String key, String text) {
    Member member = mapping.members().get(key);
    if (member == null) {
      rejected.add(key);
      context.problems().add(context.file(), mapping.line(), pathOf(key), text);
    } else {
      note(key, key, member.line(), member.value(), text);
    }
  }

  private void note(String key, String elementPath, Node node, String text) {
    note(key, elementPath, node.line(), node, text);
  }

  private void note(String key, String elementPath, int line, Node node, String text) {
    rejected.add(key);
    String value =
        node instanceof Scalar scalar && mayShow(key, scalar) ? Shown.of(scalar.text()) : null;
    context
        .problems()
        .add(new Problem(context.file(), line, prefixed(Shown.of(elementPath)), value, text));
  }

  private boolean mayShow(String key, Scalar scalar) {
    return !secret
        && !Shown.isSecretName(key)
        && !readAsSecret.contains(key)
        && !(context.references() != null && References.isIn(scalar.text()));
  }

  private String pathOf(String key) {
    return prefixed(Shown.of(key));
  }

  private String prefixed(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Where it stands; nothing of what it holds. */
  @Override
  public String toString() {
    return "Settings[" + location() + "]";
  }

  /** Whether the value of a key is a list that has a section in it. */
  public boolean hasMappings(String key) {
    Member member = member(key);
    return member != null
        && member.value() instanceof Sequence list
        && list.elements().stream().anyMatch(Mapping.class::isInstance);
  }
}
