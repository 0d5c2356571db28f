package io.sallyport.core.internal.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders beside a file, which only their owner may enter, for a copy of it under the same name. */
final class PrivateFolders {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

  private final Path parent;
  private final Path name;
  private final Pattern own;

  PrivateFolders(Path target) {
    this.parent = parentOf(target);
    this.name = target.getFileName();
    this.own = Pattern.compile(Pattern.quote(prefix()) + "\\d+");
  }

  /** The folder that an absolute path of a file leads to. */
  static Path parentOf(Path file) {
    return requireNonNull(file.getParent(), "the folder of a file");
  }

  private String prefix() {
    return "." + name + ".new-";
  }

  /** A new one. */
  Path create() throws IOException {
    return Files.createTempDirectory(parent, prefix());
  }

  /** Removes what a process has left behind that did not live to remove it. */
  void removeLeftovers() throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, this::isOwn)) {
      entries.forEach(leftovers::add);
    }
    leftovers.forEach(PrivateFolders::remove);
  }

  private boolean isOwn(Path entry) {
    return own.matcher(entry.getFileName().toString()).matches()
        && Files.isDirectory(entry, NOFOLLOW_LINKS);
  }

  /** Removes a folder with the copy in it, if that is still there. */
  static void remove(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed ({}).", Shown.path(folder), e.getClass().getSimpleName());
    }
  }
}
