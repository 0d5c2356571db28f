package io.sallyport.core.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a file from outside. As long as it stays the same, the file is taken to be the
 * same.
 *
 * @param target where the path leads after all links; null if there is no file
 * @param size its size
 * @param modified when its contents were changed, to which anybody can lie
 * @param changed when anything of it was changed, which nobody can set; null where unknown
 * @param identity its number in the file system; null where there are none
 * @param trouble why the file cannot be looked at; null if it can
 */
record FileSignature(
    @Nullable Path target,
    long size,
    @Nullable FileTime modified,
    @Nullable Object changed,
    @Nullable Object identity,
    @Nullable String trouble) {

  private static final FileSignature ABSENT = new FileSignature(null, 0, null, null, null, null);

  static FileSignature of(Path file) {
    try {
      Path target = file.toRealPath();
      var attributes = Files.readAttributes(target, BasicFileAttributes.class);
      return new FileSignature(
          target,
          attributes.size(),
          attributes.lastModifiedTime(),
          changed(target),
          attributes.fileKey(),
          null);
    } catch (NoSuchFileException e) {
      return ABSENT;
    } catch (IOException e) {
      return new FileSignature(null, 0, null, null, null, e.getClass().getName());
    }
  }

  private static @Nullable Object changed(Path target) throws IOException {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(target, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return attributes.get("ctime");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      // no such attribute on this file system
      return null;
    }
  }
}
