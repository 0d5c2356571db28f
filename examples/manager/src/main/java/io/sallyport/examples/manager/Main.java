package io.sallyport.examples.manager;

import io.sallyport.api.Secret;
import io.sallyport.core.InvalidConfigurationException;
import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the example server. Its own words go to standard output, the log to standard error. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int DONE = 0;
  private static final int CANNOT_START = 1;
  private static final int WRONG_USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the server until the process is stopped.
   *
   * @param args the options, see {@code --help}
   * @throws InterruptedException never; nobody interrupts the main thread
   */
  public static void main(String[] args) throws InterruptedException {
    System.exit(new Main(System.out, System.err).run(args));
  }

  private int run(String... args) throws InterruptedException {
    try {
      CommandLine command = CommandLine.parse(args);
      if (command.help()) {
        out.print(CommandLine.USAGE);
        return DONE;
      }
      serve(start(command));
      return DONE;
    } catch (CommandLine.UsageException e) {
      err.println(e.getMessage() + "\n\n" + CommandLine.USAGE);
      return WRONG_USAGE;
    } catch (InvalidConfigurationException | InvalidSettingsException | CannotStartException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.println("cannot start: " + e);
    }
    return CANNOT_START;
  }

  private ManagerServer start(CommandLine command) throws IOException, CannotStartException {
    Optional<Path> own = command.ownConfig();
    if (own.isPresent()) {
      return ManagerServer.start(own.get(), command.container(), command.port());
    }
    var data = new DataFolder(command.data());
    Optional<Secret> password = data.prepare();
    try {
      ManagerServer server =
          ManagerServer.start(data.securityFile(), command.container(), command.port());
      if (password.isPresent()) {
        show(password.get().revealText(), server.url());
        data.finish();
      }
      return server;
    } catch (CannotStartException | InvalidConfigurationException e) {
      if (password.isPresent()) {
        data.undo(); // nobody has seen it, so the next start makes another
      }
      throw e;
    }
  }

  /** The one time that the password is shown. Each line works by itself, whatever came before it. */
  private void show(String password, String url) throws CannotStartException {
    String user = "'" + DataFolder.ADMINISTRATOR + ":" + password + "'";
    String token = "$(curl -s -u " + user + " -X POST " + url
        + "/tokens | sed 's/.*\"value\":\"\\([^\"]*\\)\".*/\\1/')";
    out.println("""
        This is the first start: an administrator was made, called admin.
        The password is in these lines, and is not shown again; only its hash is kept.

          curl -u %1$s %2$s/status
          curl -u %1$s -X POST %2$s/tokens
          curl -H "Authentication-Token: %3$s" %2$s/blueprints
          curl -H "Authorization: Bearer %3$s" %2$s/blueprints
        """.formatted(user, url, token));
    if (out.checkError()) {
      throw new CannotStartException("the password could not be written to standard output");
    }
  }

  private void serve(ManagerServer server) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    out.println("ready on " + server.url());
    out.flush();
    // the process is ended by a signal
    new CountDownLatch(1).await();
  }

  private static void stop(ManagerServer server) {
    try {
      server.close();
      LOG.info("stopped");
    } catch (IOException e) {
      LOG.error("the server did not stop cleanly", e);
    }
  }
}
