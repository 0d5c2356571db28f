package io.sallyport.authprovider.password;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.PasswordInput;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * A command that reads a password and prints its hash, for the file of a userstore:
 *
 * <pre>java -cp … io.sallyport.authprovider.password.HashCommand</pre>
 *
 * <p>On a terminal it asks twice and does not show what is typed; otherwise, or with {@code --stdin}, the
 * password is the first line of standard input. It ends with 0 if the hash was printed, 1 if there is
 * none, 2 if it was called wrongly.
 *
 * @since 0.1
 */
public final class HashCommand {

  private static final String USAGE = """
      Reads a password and prints its Argon2id hash, to be stored in a userstore.

      usage: HashCommand [--stdin]

        --stdin   the password is the first line of standard input; so it is anyway without a terminal
        --help    prints this
      """;

  private static final int DONE = 0;
  private static final int NO_HASH = 1;
  private static final int WRONG_USAGE = 2;

  private HashCommand() {}

  /**
   * Runs the command and ends the process.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), PasswordInput.ofProcess(), System.out, System.err));
  }

  static int run(List<String> args, PasswordInput input, PrintStream out, PrintStream err) {
    if (args.equals(List.of("--help"))) {
      out.print(USAGE);
      return DONE;
    }
    if (!args.isEmpty() && !args.equals(List.of("--stdin"))) {
      // the argument may be a password, typed in the wrong place
      err.println("expected no arguments but --stdin or --help; a password is never an argument");
      return WRONG_USAGE;
    }
    try (Secret password = args.isEmpty() ? input.ask() : input.line()) {
      out.println(PasswordHashes.argon2id().hash(password).revealText());
      return DONE;
    } catch (IOException
        | IllegalArgumentException
        | InvalidSettingsException
        | UnavailableException e) {
      err.println("no hash was made: " + e.getMessage());
      return NO_HASH;
    }
  }
}
