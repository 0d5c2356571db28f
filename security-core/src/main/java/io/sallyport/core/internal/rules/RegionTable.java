package io.sallyport.core.internal.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that is asked for a part of a text without cutting it out. Immutable.
 *
 * @param <V> what texts map to
 */
final class RegionTable<V> {

  /** 2 to the power of 32, divided by the golden ratio. */
  private static final int SCATTER = 0x9e3779b9;

  private final @Nullable String[] keys;
  private final Object[] values;
  private final int mask;
  private final int shift;
  private final boolean empty;

  RegionTable(Map<String, ? extends V> entries) {
    int capacity = Integer.highestOneBit(Math.max(1, entries.size()) * 2) * 2;
    keys = new @Nullable String[capacity];
    values = new Object[capacity];
    mask = capacity - 1;
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(capacity);
    empty = entries.isEmpty();
    entries.forEach(this::put);
  }

  private void put(String key, V value) {
    int slot = slot(key.hashCode());
    while (keys[slot] != null) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  boolean isEmpty() {
    return empty;
  }

  /** One step of {@link String#hashCode()}. */
  static int hashStep(int hash, char next) {
    return 31 * hash + next;
  }

  /** The hash code that a part of a text would have as a string of its own. */
  static int hash(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hashStep(hash, text.charAt(i));
    }
    return hash;
  }

  // the hash codes of names that are numbered lie side by side, and long runs make misses slow
  private int slot(int hash) {
    return (hash * SCATTER) >>> shift;
  }

  /**
   * What the part of {@code text} between two positions maps to.
   *
   * @param hash the hash code that this part would have as a string of its own
   */
  @SuppressWarnings("unchecked") // put stores nothing but V
  @Nullable
  V get(String text, int from, int to, int hash) {
    int slot = slot(hash);
    String key = keys[slot];
    while (key != null) {
      if (key.length() == to - from && text.startsWith(key, from)) {
        return (V) values[slot];
      }
      slot = (slot + 1) & mask;
      key = keys[slot];
    }
    return null;
  }
}
