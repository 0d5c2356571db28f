package io.sallyport.core.internal.config;

import io.sallyport.core.internal.config.Cursor.Kind;
import io.sallyport.core.internal.config.Node.Mapping;
import io.sallyport.core.internal.config.Node.Member;
import io.sallyport.core.internal.config.Node.Scalar;
import io.sallyport.core.internal.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds nodes from a cursor, within bounds. What is merely wrong is noted and reading goes on, so that
 * all problems come to light; what makes the rest unreadable is a {@link BrokenDocumentException}.
 */
final class DocumentReader {

  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 1_000;
  static final int MAX_SCALAR = 1024 * 1024;
  static final int MAX_NODES = 1_000_000;
  static final int MAX_ANCHORS = 10_000;

  /** Takes the elements of a list, one at a time. */
  interface Elements {
    void accept(Mapping element, String path);
  }

  private final Cursor cursor;
  private final String file;
  private final Problems problems;
  private final Map<String, Anchor> anchors = new HashMap<>();
  private final @Nullable String[] names = new String[MAX_DEPTH + 2];
  private final int[] indexes = new int[MAX_DEPTH + 2];
  private int depth;
  private int aliases;
  private long nodes;

  private record Anchor(@Nullable Node node, long weight, boolean streamed) {}

  DocumentReader(Cursor cursor, String file, Problems problems) {
    this.cursor = cursor;
    this.file = file;
    this.problems = problems;
  }

  /** Reads the whole document, except that the elements of one list at the top are handed over. */
  Mapping read(@Nullable String streamed, Elements elements) {
    Kind kind = cursor.next();
    if (kind == Kind.NOTHING_MORE) {
      throw new BrokenDocumentException(0, "the file is empty; a mapping is expected");
    }
    if (kind != Kind.MAPPING) {
      throw new BrokenDocumentException(
          cursor.line(), "a mapping is expected: lines of the form key: value");
    }
    Mapping root = mapping(streamed, elements);
    if (cursor.next() != Kind.NOTHING_MORE) {
      throw new BrokenDocumentException(cursor.line(), "something follows the end of the document");
    }
    return root;
  }

  private Node node(Kind kind) {
    count(1);
    noteTag();
    return switch (kind) {
      case SCALAR -> scalar();
      case ALIAS -> alias();
      case SEQUENCE -> sequence();
      case MAPPING -> mapping(null, (element, path) -> {});
      default ->
        throw new BrokenDocumentException(cursor.line(), "the document ends in the middle");
    };
  }

  private void count(long more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new BrokenDocumentException(
          cursor.line(),
          "more than " + MAX_NODES + " values, aliases counted each time they are used");
    }
  }

  private void noteTag() {
    if (cursor.tagged()) {
      note(
          cursor.line(),
          "a tag, which is not supported; quote a text that begins with an exclamation mark");
    }
  }

  private Scalar scalar() {
    String text = cursor.text();
    if (text.length() > MAX_SCALAR) {
      throw new BrokenDocumentException(
          cursor.line(), "a text of more than " + MAX_SCALAR + " characters");
    }
    if (!cursor.plain() && hasHalfCharacter(text)) {
      note(cursor.line(), "an escape that is half a character (a lone surrogate)");
    }
    var scalar = new Scalar(text, cursor.plain(), cursor.line());
    String anchor = cursor.anchor();
    if (anchor != null) {
      name(anchor, new Anchor(scalar, 1, false));
    }
    return scalar;
  }

  /** Such text has no UTF-8 form: encoders would replace it, and different names would become one. */
  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private Node alias() {
    if (++aliases > MAX_ALIASES) {
      throw new BrokenDocumentException(cursor.line(), "more than " + MAX_ALIASES + " aliases");
    }
    Anchor anchor = anchors.get(cursor.anchor());
    if (anchor == null) {
      note(
          cursor.line(),
          "an alias without an anchor above it; quote a text that begins with an asterisk");
    } else if (anchor.streamed()) {
      note(cursor.line(), "an alias of a list that is read element by element; write the list out");
    } else if (anchor.node() == null) {
      note(cursor.line(), "an alias inside of what it refers to");
    } else {
      count(anchor.weight());
      return anchor.node();
    }
    return new Scalar("", false, cursor.line());
  }

  private void name(String name, Anchor anchor) {
    if (anchors.size() >= MAX_ANCHORS && !anchors.containsKey(name)) {
      throw new BrokenDocumentException(cursor.line(), "more than " + MAX_ANCHORS + " anchors");
    }
    anchors.put(name, anchor);
  }

  private Sequence sequence() {
    int line = cursor.line();
    String anchor = open(false);
    long before = nodes;
    List<Node> elements = new ArrayList<>();
    for (Kind kind = cursor.next(); kind != Kind.END; kind = cursor.next()) {
      indexes[depth]++;
      elements.add(node(kind));
    }
    var sequence = new Sequence(elements, line);
    close(anchor, sequence, before);
    return sequence;
  }

  private Mapping mapping(@Nullable String streamed, Elements elements) {
    int line = cursor.line();
    String anchor = open(false);
    long before = nodes;
    Map<String, Member> members = new LinkedHashMap<>();
    for (Kind kind = cursor.next(); kind != Kind.END; kind = cursor.next()) {
      member(kind, members, streamed, elements);
    }
    var mapping = new Mapping(members, line);
    close(anchor, mapping, before);
    return mapping;
  }

  private void member(
      Kind kind, Map<String, Member> members, @Nullable String streamed, Elements elements) {
    int line = cursor.line();
    String key = key(kind);
    names[depth] = key;
    if (key == null) {
      node(cursor.next());
      return;
    }
    Member earlier = members.get(key);
    if (earlier != null) {
      note(line, "this key is there twice, already on line " + earlier.line() + "; remove one");
      node(cursor.next());
    } else if (key.equals(streamed)) {
      members.put(key, new Member(stream(elements), line));
    } else {
      members.put(key, new Member(node(cursor.next()), line));
    }
  }

  /** The key, or null after noting what is wrong with it. */
  private @Nullable String key(Kind kind) {
    names[depth] = null;
    if (kind != Kind.SCALAR) {
      int line = cursor.line();
      node(kind);
      note(line, "a key must be a plain text");
      return null;
    }
    Scalar key = (Scalar) node(kind);
    if (key.text().isEmpty()) {
      note(key.line(), "a key is missing before the colon");
      return null;
    }
    if (key.plain() && key.text().equals("<<")) {
      note(key.line(), "a merge key (<<), which is not supported; write the keys out");
      return null;
    }
    return key.text();
  }

  /** Hands over the elements of the list; what remains of it is an empty stand-in. */
  private Node stream(Elements elements) {
    Kind kind = cursor.next();
    int line = cursor.line();
    if (kind != Kind.SEQUENCE && kind != Kind.MAPPING) {
      handOver(node(kind), elements);
      return new Sequence(List.of(), line);
    }
    noteTag();
    String anchor = open(true);
    Set<String> labels = new HashSet<>();
    for (Kind next = cursor.next(); next != Kind.END; next = cursor.next()) {
      long before = nodes;
      indexes[depth]++;
      if (kind == Kind.MAPPING) {
        label(next, labels);
        next = cursor.next();
      }
      element(node(next), elements);
      nodes = before;
    }
    depth--;
    if (anchor != null) {
      name(anchor, new Anchor(null, 0, true));
    }
    return new Sequence(List.of(), line);
  }

  /** The key of an element, where the list is written as a mapping. */
  private void label(Kind kind, Set<String> labels) {
    int line = cursor.line();
    String label = key(kind);
    names[depth] = label;
    if (label != null && !labels.add(label)) {
      note(line, "this key is there twice; remove one");
    }
  }

  /** An alias or a scalar where the list is expected. */
  private void handOver(Node value, Elements elements) {
    if (value instanceof Sequence list) {
      list.elements().forEach(element -> element(element, elements));
    } else if (value instanceof Mapping mapping) {
      mapping.members().values().forEach(member -> element(member.value(), elements));
    } else if (value instanceof Scalar scalar && !scalar.isNothing()) {
      note(scalar.line(), "a list of mappings is expected");
    }
  }

  private void element(Node node, Elements elements) {
    if (node instanceof Mapping mapping) {
      elements.accept(mapping, path());
    } else {
      note(node.line(), "a mapping is expected here, found " + node.kind());
    }
  }

  private @Nullable String open(boolean streamed) {
    if (++depth > MAX_DEPTH) {
      throw new BrokenDocumentException(
          cursor.line(), "nested deeper than " + MAX_DEPTH + " levels");
    }
    names[depth] = null;
    indexes[depth] = 0;
    String anchor = cursor.anchor();
    if (anchor != null) {
      name(anchor, new Anchor(null, 0, streamed));
    }
    return anchor;
  }

  private void close(@Nullable String anchor, Node node, long before) {
    depth--;
    if (anchor != null) {
      name(anchor, new Anchor(node, nodes - before + 1, false));
    }
  }

  private void note(int line, String text) {
    problems.add(file, line, path(), text);
  }

  private String path() {
    var path = new StringBuilder();
    for (int level = 1; level <= depth; level++) {
      String name = names[level];
      if (name != null || indexes[level] > 0) {
        path.append(path.isEmpty() ? "" : ".");
        path.append(name == null ? indexes[level] : Shown.of(name));
      }
    }
    return path.toString();
  }
}
