package io.sallyport.core.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * How a request has arrived: from whom, and whether over TLS. In the words of the connection, or in those
 * of a declared proxy.
 *
 * @param address the client's numeric address in its one form, or what the container says in its place
 * @param secure whether it came over TLS
 * @param problem what is wrong with what a declared proxy reports; such a request goes no further
 */
public record Arrival(
    String address, boolean secure, @Nullable String problem) {

  static Arrival of(String address, boolean secure) {
    return new Arrival(address, secure, null);
  }

  static Arrival unclear(String address, String problem) {
    return new Arrival(address, false, problem);
  }
}
