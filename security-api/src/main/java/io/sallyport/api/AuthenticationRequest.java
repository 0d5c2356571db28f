package io.sallyport.api;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The view of a request that authentication may use. Nothing in it reads the body.
 *
 * <p>Sallyport implements it; later releases may add methods.
 *
 * @since 0.1
 */
public interface AuthenticationRequest {

  /**
   * What is asked for.
   *
   * @return method and canonical path
   */
  Target target();

  /**
   * The part of the URI behind the question mark, as sent. No credential may be taken from it.
   *
   * @return the raw query, empty if there is none
   */
  Optional<String> query();

  /**
   * The values of a header field, one for each line that the client sent.
   *
   * @param name the field's name in any case
   * @return the values in their order, empty if the field is not there
   */
  List<String> headers(String name);

  /**
   * The value of a header field that may be there once.
   *
   * @param name the field's name in any case
   * @return the value of the only line; empty if there is none or more than one
   */
  default Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /**
   * The value of a cookie that the client sent once.
   *
   * @param name the cookie's exact name
   * @return the value; empty if there is none or more than one
   */
  Optional<String> cookie(String name);

  /**
   * The other end of the connection, in the container's words: behind a proxy, the proxy. Who is calling is
   * {@link #clientAddress()}.
   *
   * @return address and port, the address never resolved to a name
   */
  InetSocketAddress remote();

  /**
   * The address of the client: the one that a proxy reports if the configuration declares that proxy, and
   * else that of the connection. Nothing that a client can make up gets in here.
   *
   * @return a numeric address, IPv6 as in RFC 5952; or what the container says if there is none
   */
  default String clientAddress() {
    return remote().getHostString();
  }

  /**
   * What stands for the client where something is counted or shared out among clients: the address, but of
   * IPv6 only the network of 64 bits, of which a client may use every address.
   *
   * @return an IPv4 address, an IPv6 network such as {@code 2001:db8::/64}, or what {@link #clientAddress()}
   *     says if that is no IP address
   */
  default String clientNetwork() {
    return clientAddress();
  }

  /**
   * This end of the connection, whatever a proxy reports.
   *
   * @return address and port as the socket has them, not as a header claims
   */
  InetSocketAddress local();

  /**
   * Whether the client's request came over TLS: as a proxy reports it if the configuration declares that
   * proxy, and else in the container's own judgement of the connection.
   *
   * @return whether it is secure
   */
  boolean secure();

  /**
   * The certificates that the client proved to own, its own first.
   *
   * @return the chain as verified by the container, empty if there is none
   */
  List<X509Certificate> clientCertificates();

  /**
   * Whether the request comes from the machine itself: both addresses of the connection are loopback, and
   * no header field shows that a proxy stands between. This is what {@code local} means everywhere.
   *
   * <p><b>Security.</b> A proxy on the same machine makes the whole internet look local if it adds no header
   * field, as nginx does by default. Nothing of value may hang on this alone where there may be one.
   *
   * @return whether it does; {@code false} where that is not known
   */
  default boolean isLocal() {
    return false;
  }

  /**
   * How long the answer may still take. Whoever waits for something outside bounds the wait by it.
   *
   * @return the time left, zero if none is
   */
  Duration remaining();
}
