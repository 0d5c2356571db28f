package io.sallyport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Variations of a target's seeds for every build: the same in each run, in no need of instrumentation,
 * and with the words of the target's dictionary. The search for new inputs is Jazzer's.
 */
public final class Mutants {

  private static final long SEED = 20261123;
  private static final int MAX_LENGTH = 8 * 1024;
  private static final Pattern WORD = Pattern.compile("^\"(.+)\"$");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|([\\\\\"]))");

  private final List<byte[]> seeds;
  private final List<byte[]> words;
  private final Random random = new Random(SEED);

  private Mutants(List<byte[]> seeds, List<byte[]> words) {
    this.seeds = seeds;
    this.words = words;
  }

  /** The mutants of the seeds in {@code <class>Inputs}, by the words in {@code <class>.dict} beside it. */
  public static Mutants of(Class<?> target) {
    String name = target.getSimpleName();
    return new Mutants(seeds(resource(target, name + "Inputs")), words(target, name + ".dict"));
  }

  private static URL resource(Class<?> target, String name) {
    URL resource = target.getResource(name);
    assertThat(resource).as("resource %s beside %s", name, target).isNotNull();
    return resource;
  }

  private static List<byte[]> seeds(URL folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
      List<byte[]> seeds = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
      assertThat(seeds).as("seeds in %s", folder).isNotEmpty();
      return seeds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static List<byte[]> words(Class<?> target, String dictionary) {
    try (InputStream in = resource(target, dictionary).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(WORD::matcher)
          .filter(Matcher::find)
          .map(line -> unescaped(line.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // as libFuzzer writes its dictionaries
  private static byte[] unescaped(String word) {
    return ESCAPE
        .matcher(word)
        .replaceAll(escape -> Matcher.quoteReplacement(
            escape.group(1) == null
                ? escape.group(2)
                : String.valueOf((char) Integer.parseInt(escape.group(1), 16))))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Has so many mutants checked. */
  public void check(int count, Consumer<byte[]> target) {
    for (int i = 0; i < count; i++) {
      byte[] mutant = mutant();
      try {
        target.accept(mutant);
      } catch (Throwable e) {
        throw new AssertionError(
            "mutant " + i + ": " + new String(mutant, StandardCharsets.ISO_8859_1) + "\nas hex: "
                + HexFormat.of().formatHex(mutant),
            e);
      }
    }
  }

  private byte[] mutant() {
    byte[] bytes = any(seeds);
    for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(9));
    return switch (random.nextInt(9)) {
      case 0 -> spliced(bytes, from, Math.min(bytes.length, from + 1), (byte) random.nextInt(256));
      case 1 -> spliced(bytes, from, from, (byte) random.nextInt(256));
      case 2 -> spliced(bytes, from, to);
      case 3 -> spliced(bytes, from, from, any(words));
      case 4 -> spliced(bytes, from, to, any(words));
      case 5 -> spliced(bytes, from, from, part(bytes));
      case 6 -> spliced(bytes, from, to, part(any(seeds)));
      case 7 -> spliced(bytes, from, bytes.length, part(any(seeds)));
      default -> flipped(bytes, from);
    };
  }

  private byte[] any(List<byte[]> all) {
    return all.get(random.nextInt(all.size()));
  }

  private byte[] part(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(bytes.length - from + 1);
    return Arrays.copyOfRange(bytes, from, to);
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    if (at < bytes.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte... between) {
    if (bytes.length + between.length > MAX_LENGTH) {
      return bytes;
    }
    var result = new ByteArrayOutputStream();
    result.write(bytes, 0, from);
    result.writeBytes(between);
    result.write(bytes, to, bytes.length - to);
    return result.toByteArray();
  }
}
