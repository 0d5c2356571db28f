package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.keys.NewKey;
import io.sallyport.authprovider.token.internal.keys.NewKeyOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A command that makes a key and schedules when it signs tokens, in a {@code keys.yaml}:
 *
 * <pre>java -cp … io.sallyport.authprovider.token.KeysCommand --file conf/keys.yaml</pre>
 *
 * <p>The key goes to a file of its own, which only its owner can read, in the folder {@code keys} beside the
 * file; an entry is added at the end of the file, which is made if it is not there. If the file has keys, the
 * new one begins some days before the last of them ends. A running server takes it up by itself. The command
 * ends with 0 if the key was made, 1 if nothing was changed, 2 if it was called wrongly.
 *
 * @since 0.1
 */
public final class KeysCommand {

  private static final String USAGE = """
      Makes a key that signs tokens, and adds it to a keys.yaml with a schedule. A running server takes it up.

      usage: KeysCommand [--file FILE] [--algorithm NAME] [--sign-for SPAN] [--overlap SPAN]
                         [--begin TIME] [--kid NAME]

        --file FILE       the keys.yaml, made if it is not there; conf/keys.yaml if not given. The key goes
                          to the folder keys beside it
        --algorithm NAME  ES256 (if not given), ES384, EdDSA, RS256, PS256, HS256, HS384 or HS512
        --sign-for SPAN   how long it signs, such as 90d (if not given) or 12h; it verifies a day longer
        --overlap SPAN    how long before the end of the last key it begins to sign: 7d if not given
        --begin TIME      when it begins to sign instead, such as 2027-01-31T12:00:00Z or 2027-01-31;
                          without it the first key begins now
        --kid NAME        what tokens call it; a date with something random if not given
        --help            prints this
      """;

  private static final int DONE = 0;
  private static final int NOTHING_CHANGED = 1;
  private static final int WRONG_USAGE = 2;

  private final InstantSource clock;
  private final PrintStream out;
  private final PrintStream err;

  private KeysCommand(InstantSource clock, PrintStream out, PrintStream err) {
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command and ends the process.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), InstantSource.system(), System.out, System.err));
  }

  static int run(List<String> args, InstantSource clock, PrintStream out, PrintStream err) {
    return new KeysCommand(clock, out, err).run(args);
  }

  private int run(List<String> args) {
    if (args.equals(List.of("--help"))) {
      out.print(USAGE);
      return DONE;
    }
    NewKeyOptions options;
    try {
      options = NewKeyOptions.parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return WRONG_USAGE;
    }
    return make(options, clock.instant());
  }

  private int make(NewKeyOptions options, Instant now) {
    try {
      NewKey key = NewKey.add(options, now);
      out.println("made the key " + key.keyId() + " in " + key.file());
      out.println("it signs from " + key.begins() + " until " + key.signsUntil()
          + " and verifies until " + key.verifiesUntil());
      return DONE;
    } catch (FileAlreadyExistsException e) {
      return nothing("there is a file " + e.getFile() + " already; give another --kid");
    } catch (NoSuchFileException e) {
      return nothing("there is no folder for " + e.getFile()
          + "; make it, so that the server's user" + " owns it");
    } catch (IOException e) {
      return nothing(e.getClass().getSimpleName() + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return nothing(options.file() + ": " + e.getMessage());
    }
  }

  private int nothing(String why) {
    err.println("no key was made: " + why);
    return NOTHING_CHANGED;
  }
}
