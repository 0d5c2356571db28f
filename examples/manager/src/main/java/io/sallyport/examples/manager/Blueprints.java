package io.sallyport.examples.manager;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The blueprints, in memory: all are gone when the server stops. Safe for all threads. */
final class Blueprints {

  private final ConcurrentSkipListMap<String, Blueprint> byId = new ConcurrentSkipListMap<>();

  List<Blueprint> all() {
    return List.copyOf(byId.values());
  }

  Optional<Blueprint> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Keeps a new one; false if there is one of that id. */
  boolean add(Blueprint blueprint) {
    return byId.putIfAbsent(blueprint.id(), blueprint) == null;
  }

  Optional<Blueprint> remove(String id) {
    return Optional.ofNullable(byId.remove(id));
  }
}
