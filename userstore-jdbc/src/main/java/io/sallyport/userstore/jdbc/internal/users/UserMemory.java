package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.api.User;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read of users a moment ago, the latest used ones. An entry is as old as the beginning of its query, and
 * one that was read before something changed is not kept.
 *
 * <p>Safe for threads.
 */
final class UserMemory {

  private final LongSupplier nanos;
  private final Staleness staleness;

  // least recently used first
  private final Map<String, Entry> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, String> idsByKey = new HashMap<>();
  private long changes;

  UserMemory(Staleness staleness, LongSupplier nanos) {
    this.staleness = staleness;
    this.nanos = nanos;
  }

  /**
   * The moment before a query.
   *
   * @param nanos its time
   * @param changes how many changes were known then
   */
  record Before(long nanos, long changes) {}

  private record Entry(User user, String key, long readAt) {}

  /** Called before a query. */
  synchronized Before before() {
    return new Before(nanos.getAsLong(), changes);
  }

  /** Keeps what a query that began then has read. */
  synchronized void keep(Before before, String key, User user) {
    if (before.changes() != changes || !staleness.keepsAnything()) {
      return;
    }
    Entry known = byId.get(user.id());
    if (known != null && known.readAt() - before.nanos() > 0) {
      return;
    }
    drop(user.id());
    byId.put(user.id(), new Entry(user, key, before.nanos()));
    idsByKey.put(key, user.id());
    if (byId.size() > staleness.maxUsers()) {
      Iterator<Entry> eldest = byId.values().iterator();
      Entry gone = eldest.next();
      eldest.remove();
      idsByKey.remove(gone.key(), gone.user().id());
    }
  }

  /** Who had a name, if that is recent enough to decide on. */
  synchronized Optional<User> byKey(String key) {
    String id = idsByKey.get(key);
    return id == null ? Optional.empty() : byId(id);
  }

  /** Who has an id, if that is recent enough to decide on. */
  synchronized Optional<User> byId(String id) {
    return within(byId.get(id), staleness.usual().toNanos());
  }

  /** Who has an id, if that is recent enough to decide on while the database is away. */
  synchronized Optional<User> whileAway(String id) {
    return within(byId.get(id), staleness.whileAway().toNanos());
  }

  private Optional<User> within(@Nullable Entry entry, long nanosAtMost) {
    return entry != null && nanos.getAsLong() - entry.readAt() < nanosAtMost
        ? Optional.of(entry.user())
        : Optional.empty();
  }

  /** One user has changed, or is gone. What is being read at the moment is not kept either. */
  synchronized void changed(String id) {
    changes++;
    drop(id);
  }

  /** Anything may have changed. */
  synchronized void changed() {
    changes++;
    byId.clear();
    idsByKey.clear();
  }

  /** Nobody has this name now. */
  synchronized void gone(String key) {
    String id = idsByKey.get(key);
    if (id != null) {
      changed(id);
    }
  }

  private void drop(String id) {
    Entry known = byId.remove(id);
    if (known != null) {
      idsByKey.remove(known.key(), id);
    }
  }

  synchronized boolean isEmpty() {
    return byId.isEmpty();
  }
}
