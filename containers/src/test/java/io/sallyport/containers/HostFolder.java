package io.sallyport.containers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;

/**
 * The folder of one host: its configuration, its logs, and what a run of the corpus leaves. It stays below
 * {@code target}, so that one can look into it afterwards.
 */
record HostFolder(Path path) {

  /**
   * Makes it anew, with the rules and users of the contract.
   *
   * @param name the folder's name
   * @param moreLines lines to add to {@code security.yaml}
   */
  static HostFolder make(String name, String... moreLines) throws IOException {
    Path folder = Path.of("target", "hosts", name).toAbsolutePath();
    delete(folder);
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("security.yaml"),
        resource("security.yaml") + String.join("\n", List.of(moreLines)) + "\n");
    Files.writeString(folder.resolve("users.yaml"), resource("users.yaml"));
    return new HostFolder(folder);
  }

  /** Writes a file from a resource. */
  Path writeProfile(String resource, String name, String base) throws IOException {
    String text = resource(resource).replace("@NAME@", name).replace("@BASE@", base);
    return Files.writeString(path.resolve("profile.json"), text);
  }

  Path securityFile() {
    return path.resolve("security.yaml");
  }

  Path auditLog() {
    return path.resolve("audit.log");
  }

  Path serverLog() {
    return path.resolve("server.log");
  }

  private static String resource(String name) {
    try (InputStream in = HostFolder.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, IOException problem)
          throws IOException {
        Files.delete(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
