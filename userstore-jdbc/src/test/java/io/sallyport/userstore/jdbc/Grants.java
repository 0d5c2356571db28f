package io.sallyport.userstore.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The statements of docs/databases.md that grant a part what it needs. */
public final class Grants {

  private Grants() {}

  /** The statements of a part. */
  public static String[] documented(String part) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "databases.md"));
    List<String> lines =
        page.lines().dropWhile(line -> !line.startsWith("## Privileges")).toList();
    return lines.stream()
        .dropWhile(line -> !line.equals("-- " + part))
        .skip(1)
        .takeWhile(line -> !line.startsWith("-- ") && !line.startsWith("```"))
        .filter(line -> !line.isBlank())
        .flatMap(line -> Arrays.stream(line.split(";")))
        .toArray(String[]::new);
  }
}
