package io.sallyport.authprovider.token;

import io.sallyport.spi.TokenStoreFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A program of a test in a process of its own. */
final class ChildProcess {

  private ChildProcess() {}

  /** Starts a main with what token stores need on its class path. */
  static Process start(
      Class<?> main, Path said, Path errors, List<String> before, String... arguments)
      throws IOException {
    String classes = Stream.of(
            main,
            FileTokenStoreFactory.class,
            TokenStoreFactory.class,
            com.nimbusds.jose.JOSEException.class,
            Logger.class)
        .map(ChildProcess::origin)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
    List<String> java = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        classes,
        main.getName());
    return new ProcessBuilder(Stream.of(before.stream(), java.stream(), Stream.of(arguments))
            .flatMap(parts -> parts)
            .toList())
        .redirectError(errors.toFile())
        .redirectOutput(said.toFile())
        .start();
  }

  /** Where the class files of a class come from, on class path and module path alike. */
  private static String origin(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + name);
    String text = String.valueOf(url);
    text = text.startsWith("jar:") ? text.substring(4) : text;
    try {
      return Path.of(new URI(text.replace("!/" + name, "").replace(name, ""))).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
