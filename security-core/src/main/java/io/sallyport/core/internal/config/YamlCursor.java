package io.sallyport.core.internal.config;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Walks through YAML, by SnakeYAML's events; nothing of what it would construct from tags is touched. */
final class YamlCursor implements Cursor {

  /** SnakeYAML's messages that hold nothing of the document, by how they begin; and how we put them. */
  private static final Map<String, String> KNOWN = Map.ofEntries(
      entry("found character '\\t(TAB)'", "a tab where none may be; indent with spaces"),
      entry(
          "mapping values are not allowed here",
          "a colon where no value may begin; check the indentation, or quote a text with a colon in it"),
      entry("mapping keys are not allowed here", "a key where none may be; check the indentation"),
      entry(
          "sequence entries are not allowed here",
          "a list where none may be; check the indentation"),
      entry("could not find expected ':'", "a key without a colon; check the indentation"),
      entry(
          "expected <block end>",
          "this does not belong to what stands above; check the indentation"),
      entry(
          "expected ',' or", "a list or mapping in brackets lacks a comma or its closing bracket"),
      entry(
          "expected the node content, but found '<stream end>'",
          "it ends in the middle; is the file complete?"),
      entry(
          "found unexpected end of stream", "a text in quotes does not end; is the file complete?"),
      entry(
          "found unknown escape character",
          "an unknown escape after a backslash in double quotes; use single quotes for plain backslashes"),
      entry(
          "found undefined tag handle",
          "a tag; quote a text that begins with an exclamation mark"));

  private final Utf8Reader reader;
  private final ParserImpl parser;
  private @Nullable Event event;
  private boolean begun;

  YamlCursor(Utf8Reader reader) {
    this.reader = reader;
    var options = new LoaderOptions();
    // the reader bounds the length, in bytes
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(reader), options);
  }

  @Override
  public Kind next() {
    Kind kind = null;
    while (kind == null) {
      Event next = read();
      event = next;
      kind = kind(next);
      if (next instanceof DocumentStartEvent start) {
        begin(start);
      }
    }
    return kind;
  }

  /** Null for what says nothing of the content: starts of the stream and the document, and the latter's end. */
  private static @Nullable Kind kind(Event event) {
    return switch (event.getEventId()) {
      case Scalar -> Kind.SCALAR;
      case Alias -> Kind.ALIAS;
      case SequenceStart -> Kind.SEQUENCE;
      case MappingStart -> Kind.MAPPING;
      case SequenceEnd, MappingEnd -> Kind.END;
      case StreamEnd -> Kind.NOTHING_MORE;
      default -> null;
    };
  }

  private void begin(DocumentStartEvent start) {
    if (begun) {
      throw new BrokenDocumentException(
          line(), "a second document begins here; a file holds one, remove the line ---");
    }
    begun = true;
    if (start.getTags() != null && !start.getTags().isEmpty()) {
      throw new BrokenDocumentException(line(), "a TAG directive; tags are not supported");
    }
  }

  private Event read() {
    try {
      reader.progressed();
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      throw new BrokenDocumentException(lineOf(e), explain(e.getProblem()));
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // the latter two slip out of its scanner for some escapes that are cut short
      throw new BrokenDocumentException(
          event == null ? 0 : line(), "the file cannot be read as YAML from here on");
    }
  }

  private static int lineOf(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    return mark == null ? 0 : mark.getLine() + 1;
  }

  /** Never the parser's own words, since they may quote the document. */
  private static String explain(@Nullable String problem) {
    if (problem != null) {
      for (var known : KNOWN.entrySet()) {
        if (problem.startsWith(known.getKey())) {
          return "not valid YAML: " + known.getValue();
        }
      }
    }
    return "not valid YAML here; quote a text that holds special characters, and check brackets and indentation";
  }

  private Event current() {
    Event current = event;
    if (current == null) {
      throw new IllegalStateException("next() was not called");
    }
    return current;
  }

  @Override
  public String text() {
    return ((ScalarEvent) current()).getValue();
  }

  @Override
  public boolean plain() {
    return ((ScalarEvent) current()).isPlain();
  }

  @Override
  public int line() {
    return current().getStartMark().getLine() + 1;
  }

  @Override
  public @Nullable String anchor() {
    return current() instanceof NodeEvent node ? node.getAnchor() : null;
  }

  @Override
  public boolean tagged() {
    if (current() instanceof ScalarEvent scalar) {
      return scalar.getTag() != null;
    }
    return current() instanceof CollectionStartEvent start && start.getTag() != null;
  }

  @Override
  public Place place() {
    ScalarEvent scalar = (ScalarEvent) current();
    Mark start = scalar.getStartMark();
    return new Place(
        start.getIndex(), scalar.getEndMark().getIndex(), start.getColumn(), style(scalar));
  }

  private static Place.Style style(ScalarEvent scalar) {
    return switch (scalar.getScalarStyle()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> Place.Style.QUOTED;
      case LITERAL, FOLDED -> Place.Style.BLOCK;
      default -> Place.Style.PLAIN;
    };
  }

  @Override
  public boolean bracketed() {
    return ((CollectionStartEvent) current()).isFlow();
  }
}
