package io.sallyport.examples.manager;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An answer to a request that was sent as it was written, from an address of the caller's choice.
 *
 * @param protocol the version of TLS, empty without TLS
 * @param text status line, fields and body as they came
 */
record RawAnswer(String protocol, String text) {

  private static final int PATIENCE_MILLIS = 60_000;

  /** Sends to a port of this machine in the clear. */
  static RawAnswer http(String from, int port, String request) throws IOException {
    try (Socket socket = connect(from, port)) {
      return new RawAnswer("", exchange(socket, request));
    }
  }

  /** Sends to a port of this machine by TLS, with a name that the certificate must have. */
  static RawAnswer https(SSLContext trusting, String from, int port, String name, String request)
      throws IOException {
    try (Socket plain = connect(from, port);
        var socket =
            (SSLSocket) trusting.getSocketFactory().createSocket(plain, name, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new RawAnswer(socket.getSession().getProtocol(), exchange(socket, request));
    }
  }

  private static Socket connect(String from, int port) throws IOException {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(address(from), 0));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    return socket;
  }

  private static InetAddress address(String dotted) throws IOException {
    String[] numbers = dotted.split("\\.", -1);
    byte[] address = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      address[i] = (byte) Integer.parseInt(numbers[i]);
    }
    return InetAddress.getByAddress(address);
  }

  private static String exchange(Socket socket, String request) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1);
  }

  /** Whoever refuses a request before its end may close with a reset behind the answer. */
  static byte[] read(InputStream in) throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      in.transferTo(read);
    } catch (SocketException e) {
      if (read.size() == 0) {
        throw e;
      }
    }
    return read.toByteArray();
  }

  int status() {
    if (!text.matches("(?s)HTTP/1\\.1 [1-5][0-9][0-9] .*")) {
      throw new IllegalStateException("no answer of HTTP: " + text);
    }
    return Integer.parseInt(text.substring(9, 12));
  }

  /** The values of a header field. */
  List<String> fields(String name) {
    String head = text.substring(0, text.indexOf("\r\n\r\n"));
    return head.lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .toList();
  }
}
