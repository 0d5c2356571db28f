package io.sallyport.core.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Server sockets that speak some versions of TLS and no others. */
final class LimitedServerSockets extends SSLServerSocketFactory {

  private final SSLServerSocketFactory unlimited;
  private final String[] protocols;

  LimitedServerSockets(SSLServerSocketFactory unlimited, String... protocols) {
    this.unlimited = unlimited;
    this.protocols = protocols;
  }

  private ServerSocket limited(ServerSocket socket) {
    ((SSLServerSocket) socket).setEnabledProtocols(protocols);
    return socket;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return limited(unlimited.createServerSocket());
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return limited(unlimited.createServerSocket(port));
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return limited(unlimited.createServerSocket(port, backlog));
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    return limited(unlimited.createServerSocket(port, backlog, address));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return unlimited.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return unlimited.getSupportedCipherSuites();
  }
}
