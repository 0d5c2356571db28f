package io.sallyport.containers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came back over a connection.
 *
 * @param status 0 if the connection ended before there was an answer
 * @param fields the values of the header fields, by their names in lower case
 * @param body as far as it came
 * @param isWhole whether the body ended as its framing says
 */
record RawAnswer(int status, Map<String, List<String>> fields, String body, boolean isWhole) {

  private static final RawAnswer NONE = new RawAnswer(0, Map.of(), "", false);

  /** The values of a header field, none if it is not there. */
  List<String> field(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  static RawAnswer read(InputStream in, boolean hasBody) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return NONE;
    }
    int status = Integer.parseInt(line.split(" ", 3)[1]);
    Map<String, List<String>> fields = new TreeMap<>();
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      String[] field = line.split(":", 2);
      fields
          .computeIfAbsent(field[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field[1].strip());
    }
    if (status == 100) {
      return read(in, hasBody);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = !hasBody || status == 204 || status == 304 || readBody(in, fields, body);
    return new RawAnswer(status, fields, body.toString(StandardCharsets.UTF_8), whole);
  }

  private static boolean readBody(
      InputStream in, Map<String, List<String>> fields, ByteArrayOutputStream body)
      throws IOException {
    try {
      if (fields.containsKey("transfer-encoding")) {
        readChunks(in, body);
      } else if (fields.containsKey("content-length")) {
        copy(in, Integer.parseInt(fields.get("content-length").get(0)), body);
      } else {
        in.transferTo(body);
      }
      return true;
    } catch (EOFException | SocketException e) {
      // what came before the reset has come all the same
      return false;
    }
  }

  private static void readChunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    int size;
    do {
      String line = line(in);
      if (line.isEmpty()) {
        throw new EOFException();
      }
      size = Integer.parseInt(line.strip(), 16);
      copy(in, size, body);
      line(in);
    } while (size > 0);
  }

  private static void copy(InputStream in, int length, ByteArrayOutputStream body)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    body.writeBytes(bytes);
    if (bytes.length < length) {
      throw new EOFException();
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
