package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The blocks of a PEM file. Messages name the file and its kind, never what stands in it. */
final class PemFile {

  private static final long MAX_BYTES = 1024 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*+)-----END \\1-----");

  /** One block: what it says it is, and its bytes, which whoever reads it may overwrite. */
  static final class Block {

    private final String label;
    private final byte[] bytes;

    private Block(String label, byte[] bytes) {
      this.label = label;
      this.bytes = bytes;
    }

    String label() {
      return label;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  private final Path path;
  private final String text;

  private PemFile(Path path, String text) {
    this.path = path;
    this.text = text;
  }

  /**
   * Reads a file that the configuration names.
   *
   * @param what the word for it, {@code certificate} or {@code private key}
   * @param path where it is, null if the configuration does not say
   * @throws InvalidSettingsException if it is not named, not there or not readable
   */
  static PemFile read(String what, @Nullable Path path) {
    if (path == null || path.toString().isEmpty()) {
      throw new InvalidSettingsException("SSL is enabled => " + what + " path must be provided");
    }
    try {
      if (Files.isDirectory(path)) {
        throw new InvalidSettingsException(
            "The " + what + " path [" + path + "] is a folder; name the PEM file in it");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new InvalidSettingsException("The " + what + " path [" + path
            + "] leads to more than 1 MiB, which no PEM file needs");
      }
      return new PemFile(path, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new InvalidSettingsException("The " + what + " path [" + path + "] does not exist");
    } catch (IOException e) {
      throw new InvalidSettingsException("The " + what + " path [" + path
          + "] cannot be read (" + e.getClass().getSimpleName()
          + "); let the user that runs the application read it");
    }
  }

  Path path() {
    return path;
  }

  boolean firstLineContains(String words) {
    return text.lines().findFirst().orElse("").contains(words);
  }

  boolean contains(String words) {
    return text.contains(words);
  }

  /**
   * The blocks in their order.
   *
   * @throws InvalidSettingsException if one is not base64 or has no end
   */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), decode(matcher.group(2))));
    }
    if (blocks.isEmpty() || text.split("-----BEGIN ", -1).length - 1 != blocks.size()) {
      throw broken();
    }
    return blocks;
  }

  private byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // not the cause: its message tells characters of a key
      throw broken();
    }
  }

  private InvalidSettingsException broken() {
    return new InvalidSettingsException("[" + path
        + "] is no complete PEM file: a block lacks its END line or is not base64; copy it again");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
