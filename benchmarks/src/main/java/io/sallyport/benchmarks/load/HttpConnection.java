package io.sallyport.benchmarks.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection that one request is sent on at a time, opened when it is needed. For one thread. */
final class HttpConnection {

  private static final int MAX_ANSWER = 64 * 1024;

  private final InetSocketAddress server;
  private final InetSocketAddress address;
  private final Selector selector;
  private final Object owner;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
  private @Nullable SocketChannel channel;
  private ByteBuffer request = ByteBuffer.allocate(0);

  HttpConnection(InetSocketAddress server, String address, Selector selector, Object owner) {
    this.server = server;
    this.address = new InetSocketAddress(address, 0);
    this.selector = selector;
    this.owner = owner;
  }

  void send(byte[] bytes) throws IOException {
    request = ByteBuffer.wrap(bytes);
    answer.clear();
    if (channel == null) {
      channel = open();
    } else {
      write(channel);
    }
  }

  private SocketChannel open() throws IOException {
    SocketChannel opened = SocketChannel.open();
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.bind(address);
    opened.connect(server);
    opened.register(selector, SelectionKey.OP_CONNECT, owner);
    return opened;
  }

  private void write(SocketChannel open) throws IOException {
    open.write(request);
    open.keyFor(selector)
        .interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /**
   * Goes on with what the socket is ready for.
   *
   * @return the answer, or null while it is not there in full
   * @throws IOException if the connection broke before there was an answer
   */
  @Nullable
  Answer advance() throws IOException {
    SocketChannel open = requireNonNull(channel);
    SelectionKey key = open.keyFor(selector);
    if (key.isConnectable() && open.finishConnect()) {
      write(open);
    } else if (key.isWritable()) {
      write(open);
    } else if (key.isReadable()) {
      return read(open);
    }
    return null;
  }

  private @Nullable Answer read(SocketChannel open) throws IOException {
    boolean ended = open.read(answer) < 0;
    if (ended && answer.position() == 0) {
      throw new IOException("the connection was closed without an answer");
    }
    Answer read =
        Answer.in(new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1));
    if (read != null && (ended || read.closes())) {
      close();
    } else if (ended) {
      throw new IOException("the connection was closed within an answer");
    }
    return read;
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // it is of no use any more either way
    }
    channel = null;
  }

  /** An answer with a length, as all are here. */
  record Answer(int status, String head, String body) {

    static @Nullable Answer in(String text) {
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return null;
      }
      String head = text.substring(0, end).toLowerCase(Locale.ROOT);
      String body = text.substring(end + 4);
      boolean whole = head.contains("\r\ntransfer-encoding: chunked")
          ? body.endsWith("0\r\n\r\n")
          : body.length() >= length(head);
      return whole ? new Answer(Integer.parseInt(head.substring(9, 12)), head, body) : null;
    }

    private static int length(String head) {
      int field = head.indexOf("\r\ncontent-length:");
      if (field < 0) {
        return 0;
      }
      int end = head.indexOf("\r\n", field + 2);
      return Integer.parseInt(
          head.substring(field + 17, end < 0 ? head.length() : end).trim());
    }

    boolean closes() {
      return head.contains("\r\nconnection: close");
    }
  }
}
