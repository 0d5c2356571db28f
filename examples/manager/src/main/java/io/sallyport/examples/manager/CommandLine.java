package io.sallyport.examples.manager;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param port 0 for any free one
 * @param config a configuration of the user's own; null for the bundled one
 * @param data where the bundled configuration keeps its files
 */
record CommandLine(
    int port, @Nullable Path config, Container.Kind container, Path data, boolean help) {

  static final String USAGE = """
      Starts an example server that is secured by Sallyport, on 127.0.0.1.

      usage: ./quickstart [--port N] [--config FILE] [--container tomcat|jetty] [--data DIR] [--help]
             ./quickstart hash [--user NAME]      makes the hash of a password, for a users.yaml
             ./quickstart keys [--file FILE]      makes a key for tokens and its schedule, in a keys.yaml

        --port N         the port to listen on, 8100 by default; 0 takes a free one
        --config FILE    a security.yaml of your own; its users file must be there already
        --container C    tomcat (the default) or jetty
        --data DIR       where the bundled configuration keeps its files; made at the first start,
                         sallyport-data in the checkout by default
        --help           prints this

      Without --config, the first start makes an administrator and prints the password once.
      Ctrl-C stops the server.
      """;

  private static final int DEFAULT_PORT = 8100;
  private static final int MAX_PORT = 65_535;

  /** The user called the command in a way that it does not know. */
  static final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  Optional<Path> ownConfig() {
    return Optional.ofNullable(config);
  }

  /** Reads the options; of one that is there twice, the last counts. */
  static CommandLine parse(String... args) throws UsageException {
    CommandLine read = new CommandLine(
        DEFAULT_PORT, null, Container.Kind.TOMCAT, Path.of("sallyport-data"), false);
    Iterator<String> rest = List.of(args).iterator();
    while (rest.hasNext()) {
      read = read.with(rest.next(), rest);
    }
    return read;
  }

  private CommandLine with(String option, Iterator<String> rest) throws UsageException {
    return switch (option) {
      case "--port" -> new CommandLine(port(value(option, rest)), config, container, data, help);
      case "--config" -> new CommandLine(port, path(option, rest), container, data, help);
      case "--container" ->
        new CommandLine(port, config, container(value(option, rest)), data, help);
      case "--data" -> new CommandLine(port, config, container, path(option, rest), help);
      case "--help", "-h" -> new CommandLine(port, config, container, data, true);
      default -> throw new UsageException("unknown option " + option);
    };
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.next();
  }

  private static int port(String text) throws UsageException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is no port
    }
    throw new UsageException("--port " + text + ": expected a number from 0 to " + MAX_PORT);
  }

  private static Container.Kind container(String text) throws UsageException {
    return Arrays.stream(Container.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--container " + text + ": expected tomcat or jetty"));
  }

  private static Path path(String option, Iterator<String> rest) throws UsageException {
    String text = value(option, rest);
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // said below, as for an empty one
    }
    throw new UsageException(option + ": expected a path");
  }
}
