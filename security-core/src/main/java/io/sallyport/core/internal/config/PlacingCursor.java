package io.sallyport.core.internal.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes a document on to its reader, and notes where the keys and texts of the elements of one list at the
 * top stand.
 */
final class PlacingCursor implements Cursor {

  private static final int IN_ROOT = 1;
  private static final int IN_LIST = 2;
  private static final int IN_ELEMENT = 3;

  private final Cursor cursor;
  private final String list;
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean inList;
  private @Nullable PlacedElement element;

  /** A sequence or mapping that has begun and not ended. */
  private static final class Level {
    private final boolean mapping;
    private boolean keyIsNext;
    private @Nullable String key;
    private @Nullable Place keyPlace;

    private Level(boolean mapping) {
      this.mapping = mapping;
      this.keyIsNext = mapping;
    }
  }

  /**
   * One element.
   *
   * @param bracketed whether it is written in brackets
   * @param members its keys
   */
  record PlacedElement(boolean bracketed, Map<String, PlacedMember> members) {}

  /**
   * One key.
   *
   * @param key where the key begins
   * @param value where its text stands; null if it is not a text that stands there and nowhere else
   */
  record PlacedMember(Place key, @Nullable Place value) {}

  PlacingCursor(Cursor cursor, String list) {
    this.cursor = cursor;
    this.list = list;
  }

  /** The element that has ended last, once; empty if it was none that stands in the list itself. */
  Optional<PlacedElement> takeElement() {
    Optional<PlacedElement> taken = Optional.ofNullable(element);
    element = null;
    return taken;
  }

  @Override
  public Kind next() {
    Kind kind = cursor.next();
    switch (kind) {
      case END -> levels.pop();
      case NOTHING_MORE -> {}
      default -> begin(kind);
    }
    return kind;
  }

  private void begin(Kind kind) {
    Level level = levels.peek();
    if (level != null && level.keyIsNext) {
      level.keyIsNext = false;
      noteKey(level, kind);
    } else {
      noteValue(level, kind);
      if (level != null) {
        level.keyIsNext = level.mapping;
      }
    }
    if (kind == Kind.MAPPING || kind == Kind.SEQUENCE) {
      levels.push(new Level(kind == Kind.MAPPING));
    }
  }

  private void noteKey(Level level, Kind kind) {
    boolean simple = kind == Kind.SCALAR && cursor.anchor() == null && !cursor.tagged();
    level.key = simple ? cursor.text() : null;
    if (levels.size() == IN_ROOT) {
      inList = list.equals(level.key);
    }
    level.keyPlace = simple && isInElement() ? cursor.place() : null;
  }

  private void noteValue(@Nullable Level level, Kind kind) {
    if (inList && levels.size() == IN_LIST) {
      // what has a name may stand elsewhere too
      boolean own = kind == Kind.MAPPING && cursor.anchor() == null;
      element = own ? new PlacedElement(cursor.bracketed(), new HashMap<>()) : null;
    } else if (isInElement() && level != null) {
      noteMember(level.key, level.keyPlace, kind);
    }
  }

  private void noteMember(@Nullable String key, @Nullable Place place, Kind kind) {
    PlacedElement placed = element;
    if (placed != null && key != null && place != null) {
      boolean own = kind == Kind.SCALAR && cursor.anchor() == null;
      placed.members().put(key, new PlacedMember(place, own ? cursor.place() : null));
    }
  }

  private boolean isInElement() {
    return inList && levels.size() == IN_ELEMENT && element != null;
  }

  @Override
  public String text() {
    return cursor.text();
  }

  @Override
  public boolean plain() {
    return cursor.plain();
  }

  @Override
  public int line() {
    return cursor.line();
  }

  @Override
  public @Nullable String anchor() {
    return cursor.anchor();
  }

  @Override
  public boolean tagged() {
    return cursor.tagged();
  }

  @Override
  public Place place() {
    return cursor.place();
  }

  @Override
  public boolean bracketed() {
    return cursor.bracketed();
  }
}
