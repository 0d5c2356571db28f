package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever bytes a file holds, it gives settings or problems, and nothing else. */
class MutatedDocumentsTest {

  private static final String YAML = """
      users: &u
      - {username: alice, password: "\\u0041\\x41\\U0001F600", roles: [a, b]}
      - username: bob
        groups: null
      folded: >+
        text
      literal: |2-
          text
      other: 'it''s'
      ? complex
      : value
      """;
  private static final String JSON =
      "{\"version\":1,\"users\":[{\"username\":\"a\\u0041\\n\",\"roles\":[1e5,true,null,-0.5]}],\"x\":{}}";
  private static final String SIGNS = "!&*{}[]:-?|>'\"%@\\#,~ \n\tuUx0\r";

  @TempDir
  Path folder;

  @ParameterizedTest
  @Timeout(120)
  @CsvSource({"a.yaml, 17", "b.yaml, 18", "a.json, 19", "b.json, 20"})
  void endInSettingsOrProblems(String name, long seed) throws IOException {
    Random random = new Random(seed);
    String seedText = name.endsWith(".json") ? JSON : YAML;
    Path file = folder.resolve(name);
    int good = 0;
    int bad = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = mutated(seedText.getBytes(StandardCharsets.UTF_8), random);
      Files.write(file, bytes);
      var problems = new Problems();
      var document = new ConfigurationDocument(file, ReadOptions.data(), problems);

      assertThat(List.of(
              document.settings(), document.settings("users", user -> user.has("username"))))
          .as(() -> "seed " + seed + ": " + Arrays.toString(bytes))
          .hasSize(2);
      if (problems.isEmpty()) {
        good++;
      } else {
        bad++;
      }
    }
    // both must occur, or the mutations prove nothing
    assertThat(good).isPositive();
    assertThat(bad).isGreaterThan(400);
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original;
    for (int i = 0; i < 1 + random.nextInt(4) && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      byte sign = (byte) SIGNS.charAt(random.nextInt(SIGNS.length()));
      bytes = switch (random.nextInt(5)) {
        case 0 -> spliced(bytes, at, at + 1, (byte) random.nextInt(256));
        case 1 -> spliced(bytes, at, at + 1, sign);
        case 2 -> spliced(bytes, at, at, sign);
        case 3 -> spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(8)));
        default -> Arrays.copyOf(bytes, at);
      };
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte... between) {
    byte[] result = new byte[from + between.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
    return result;
  }
}
