package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the hashing command gets its password from. */
public final class PasswordInput {

  /** Asks for a password without showing it. */
  interface Prompt {
    char @Nullable [] ask(String question);
  }

  private final @Nullable Prompt terminal;
  private final InputStream in;

  PasswordInput(@Nullable Prompt terminal, InputStream in) {
    this.terminal = terminal;
    this.in = in;
  }

  /**
   * The terminal and standard input of this process.
   *
   * @return the input
   */
  public static PasswordInput ofProcess() {
    Prompt terminal = Optional.ofNullable(System.console())
        .filter(PasswordInput::isTerminal)
        .<Prompt>map(console -> question -> console.readPassword("%s: ", question))
        .orElse(null);
    return new PasswordInput(terminal, System.in);
  }

  /** From Java 22 on there is a console without a terminal as well, and a method to ask it. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Asks twice on the terminal; without one, reads a line.
   *
   * @return the password as it was typed
   * @throws IOException if there is none, or not twice the same
   */
  public Secret ask() throws IOException {
    if (terminal == null) {
      return line();
    }
    Secret first = typed(terminal, "Password");
    try (Secret second = typed(terminal, "Password again")) {
      if (!first.matches(second)) {
        first.close();
        throw new IOException("the two passwords differ");
      }
    }
    return first;
  }

  private static Secret typed(Prompt terminal, String question) throws IOException {
    char[] typed = terminal.ask(question);
    if (typed == null) {
      throw new IOException("the input ended before there was a password");
    }
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    try {
      return Secret.ofBytes(bytes);
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(bytes, (byte) 0);
      utf8.rewind().put(bytes);
    }
  }

  /**
   * Reads one line of standard input.
   *
   * @return the line without its end
   * @throws IOException if it cannot be read, or is longer than any password
   */
  public Secret line() throws IOException {
    // one for CR, one for what is too long
    byte[] bytes = new byte[Passwords.MAX_BYTES + 2];
    try {
      int length = 0;
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        if (length == bytes.length) {
          throw new IOException("the line is longer than " + Passwords.MAX_BYTES + " bytes");
        }
        bytes[length++] = (byte) b;
      }
      if (length > 0 && bytes[length - 1] == '\r') {
        length--;
      }
      byte[] line = Arrays.copyOf(bytes, length);
      Secret password = Secret.ofBytes(line);
      Arrays.fill(line, (byte) 0);
      return password;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
