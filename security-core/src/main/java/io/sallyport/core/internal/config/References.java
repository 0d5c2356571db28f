package io.sallyport.core.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expands references to environment variables, {@code ${env:NAME}}, and to files, {@code ${file:path}}.
 * It does so once: what comes out is not looked at again. Two dollar signs before a brace stand for one
 * that is meant literally.
 */
final class References {

  static final int MAX_FILE_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(References.class);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE);

  private final Path folder;
  private final Function<String, @Nullable String> environment;
  private final Set<String> readableByOthers;
  private final Set<String> warned = new HashSet<>();
  private boolean secretBeside;

  References(
      Path folder, Function<String, @Nullable String> environment, Set<String> readableByOthers) {
    this.folder = folder;
    this.environment = environment;
    this.readableByOthers = Set.copyOf(readableByOthers);
  }

  static boolean isIn(String text) {
    return text.contains("${");
  }

  /** The text with its references replaced; what cannot be replaced is told to {@code problems}. */
  String expand(String text, Consumer<String> problems) {
    var expanded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        expanded.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 2, end);
        expanded.append(resolve(inside, problems));
        at = end < 0 ? text.length() : end + 1;
      } else {
        expanded.append(text.charAt(at));
        at++;
      }
    }
    return expanded.toString();
  }

  /** Takes note that a secret stands in the document itself, and not behind a reference. */
  void noteSecretBeside() {
    secretBeside = true;
  }

  /** If the document holds a secret itself: why it must not be read as it is; that goes to {@code problems}. */
  void judgeOwn(Path document, Consumer<String> problems) {
    try {
      if (secretBeside && readableByOthers(document)) {
        String problem = judgeReadable(Shown.path(document.getFileName()), document);
        if (problem != null) {
          problems.accept("it holds a secret, and " + problem);
        }
      }
    } catch (IOException e) {
      problems.accept("who may read the file cannot be found out, and it holds a secret");
    }
  }

  private String resolve(String inside, Consumer<String> problems) {
    if (inside.startsWith("env:")) {
      return variable(inside.substring(4), problems);
    }
    if (inside.startsWith("file:")) {
      return contents(inside.substring(5), problems);
    }
    problems.accept("expected ${env:NAME} or ${file:path}; write $${ for a literal ${");
    return "";
  }

  private String variable(String name, Consumer<String> problems) {
    if (!VARIABLE.matcher(name).matches()) {
      problems.accept(
          "expected the name of an environment variable in ${env:NAME}: letters, digits and _");
      return "";
    }
    String value = environment.apply(name);
    if (value == null) {
      problems.accept(
          "the environment variable " + Shown.of(name) + " is not set; set it before the start");
      return "";
    }
    return value;
  }

  private String contents(String name, Consumer<String> problems) {
    try {
      Path file = WrittenPath.resolve(folder, name);
      String problem = refusal(name, file);
      if (problem == null) {
        return text(file);
      }
      problems.accept(problem);
    } catch (InvalidPathException e) {
      problems.accept("expected the path of a file in ${file:path}");
    } catch (AccessDeniedException e) {
      problems.accept("the file " + Shown.of(name)
          + " may not be read by this process; make it the file's owner");
    } catch (CharacterCodingException e) {
      problems.accept(
          "the file " + Shown.of(name) + " is not UTF-8 text; write binary keys as base64");
    } catch (IOException e) {
      problems.accept("the file " + Shown.of(name) + " cannot be read");
    }
    return "";
  }

  /** Why the file is not to be read at all, or null. */
  private @Nullable String refusal(String name, Path file) throws IOException {
    String shown = "the file " + Shown.path(file);
    if (!Files.exists(file)) {
      return shown + " is not there; create it so that only its owner can read it";
    }
    if (!Files.isRegularFile(file)) {
      return shown + " is not a regular file";
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      return shown + " is larger than " + MAX_FILE_BYTES + " bytes, the most that is read";
    }
    return readableByOthers(file) ? judgeReadable(name, file) : null;
  }

  private @Nullable String judgeReadable(String name, Path file) {
    if (!readableByOthers.contains(name)) {
      return "the file can be read or changed by others than its owner; run: chmod 600 "
          + quoted(file)
          + "  (or permit it: allow_readable_by_others: [" + Shown.of(name) + "])";
    }
    if (warned.add(name)) {
      LOG.warn(
          "{} can be read or changed by others than its owner, which allow_readable_by_others permits",
          Shown.path(file));
    }
    return null;
  }

  private static boolean readableByOthers(Path file) throws IOException {
    try {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(OF_OTHERS);
      permissions.retainAll(Files.getPosixFilePermissions(file));
      return !permissions.isEmpty();
    } catch (UnsupportedOperationException e) {
      // a file system without such permissions: its access lists are the host's business
      return false;
    }
  }

  private static String quoted(Path file) {
    String path = Shown.path(file);
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path + "'";
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES);
    }
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
