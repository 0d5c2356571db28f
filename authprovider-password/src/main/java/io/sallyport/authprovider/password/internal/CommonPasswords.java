package io.sallyport.authprovider.password.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The passwords that are guessed first. They stay the bytes of their file, sorted lines, since 47,000
 * strings would take ten times the memory for a question that is seldom asked.
 */
public final class CommonPasswords {

  private static final String LIST = "common-passwords.txt";

  private final byte[] file;
  private final int begin;

  /** The first empty line ends what the file says of itself. */
  CommonPasswords(byte[] file) {
    this.file = file;
    int line = 0;
    while (file[line] != '\n') {
      line = endOfLine(line) + 1;
    }
    this.begin = line + 1;
  }

  /** The list of this jar, read when it is first asked for. */
  public static CommonPasswords bundled() {
    return Bundled.LIST;
  }

  private static final class Bundled {
    static final CommonPasswords LIST = load();

    private static CommonPasswords load() {
      try (InputStream in = CommonPasswords.class.getResourceAsStream(CommonPasswords.LIST)) {
        return new CommonPasswords(requireNonNull(in, CommonPasswords.LIST).readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public boolean contains(FoldedText password) {
    int low = begin;
    int high = file.length;
    while (low < high) {
      int line = startOfLine((low + high) >>> 1, low);
      int order = compare(password, line);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        high = line;
      } else {
        low = endOfLine(line) + 1;
      }
    }
    return false;
  }

  private int startOfLine(int within, int least) {
    int start = within;
    while (start > least && file[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private int endOfLine(int start) {
    int end = start;
    while (file[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Whether the password comes before, at or after a line; all that the lines have is ASCII. */
  private int compare(FoldedText password, int line) {
    for (int i = 0; i < password.length(); i++) {
      // the end of the line is less than any character of a password
      int order = Integer.compare(password.codePointAt(i), file[line + i]);
      if (order != 0) {
        return order;
      }
    }
    return file[line + password.length()] == '\n' ? 0 : -1;
  }
}
