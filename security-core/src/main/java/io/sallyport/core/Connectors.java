package io.sallyport.core;

import io.sallyport.core.internal.gate.ProviderEntry.Reach;

/**
 * On which connectors an authentication provider is asked. Internal are those whose real local port is one
 * of {@link SallyportBuilder#internalPorts(int...)}.
 *
 * @since 0.1
 */
public enum Connectors {
  /** On all that are not internal. */
  PUBLIC(Reach.PUBLIC),
  /** On internal ones, and nowhere else. */
  INTERNAL(Reach.INTERNAL),
  /** On all. */
  ALL(Reach.ALL);

  private final Reach reach;

  Connectors(Reach reach) {
    this.reach = reach;
  }

  Reach reach() {
    return reach;
  }
}
