package io.sallyport.authprovider.password;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordJudgment.Refused;
import io.sallyport.authprovider.password.internal.HashOptions;
import io.sallyport.authprovider.password.internal.PasswordInput;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * A command that reads a password and prints its hash, for the file of a userstore:
 *
 * <pre>java -cp … io.sallyport.authprovider.password.HashCommand --user alice</pre>
 *
 * <p>On a terminal it asks twice and does not show what is typed; otherwise, or with {@code --stdin}, the
 * password is the first line of standard input. What {@link PasswordPolicy#standard()} refuses is not
 * hashed unless {@code --allow-weak} insists. It ends with 0 if the hash was printed, 1 if there is none,
 * 2 if it was called wrongly.
 *
 * @since 0.1
 */
public final class HashCommand {

  private static final String USAGE = """
      Reads a new password and prints its Argon2id hash, to be stored in a userstore.

      usage: HashCommand [--user NAME] [--stdin] [--allow-weak]

        --user NAME    whose password it is, so that the name itself is refused as a password; may be
                       there again, for an e-mail address
        --stdin        the password is the first line of standard input; so it is anyway without a terminal
        --allow-weak   hashes what is too short, common or the user's own name too, such as a password
                       that is in use already; without it such a password is refused
        --help         prints this
      """;

  private static final int DONE = 0;
  private static final int NO_HASH = 1;
  private static final int WRONG_USAGE = 2;

  private final PasswordInput input;
  private final PrintStream out;
  private final PrintStream err;

  private HashCommand(PasswordInput input, PrintStream out, PrintStream err) {
    this.input = input;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command and ends the process.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), PasswordInput.ofProcess(), System.out, System.err));
  }

  static int run(List<String> args, PasswordInput input, PrintStream out, PrintStream err) {
    return new HashCommand(input, out, err).run(args);
  }

  private int run(List<String> args) {
    if (args.equals(List.of("--help"))) {
      out.print(USAGE);
      return DONE;
    }
    Optional<HashOptions> options = HashOptions.parse(args);
    if (options.isEmpty()) {
      // what is not known may be a password, typed in the wrong place
      err.println(
          "expected no arguments but --user NAME, --stdin, --allow-weak or --help; a password"
              + " is never an argument");
      return WRONG_USAGE;
    }
    return hash(options.get());
  }

  private int hash(HashOptions options) {
    try (Secret password = options.stdin() ? input.line() : input.ask()) {
      if (!options.allowWeak()
          && PasswordPolicy.standard().judge(password, options.users())
              instanceof Refused refused) {
        return noHash(refused.message() + " (--allow-weak hashes it all the same)");
      }
      out.println(PasswordHashes.argon2id().hash(password).revealText());
      return DONE;
    } catch (IOException
        | IllegalArgumentException
        | InvalidSettingsException
        | UnavailableException e) {
      return noHash(String.valueOf(e.getMessage()));
    }
  }

  private int noHash(String why) {
    err.println("no hash was made: " + why);
    return NO_HASH;
  }
}
