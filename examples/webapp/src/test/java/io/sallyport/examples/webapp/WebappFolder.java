package io.sallyport.examples.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of the built application, to be changed by a test. */
final class WebappFolder {

  /** What Maven has built. */
  static final Path BUILT = Path.of(System.getProperty("webapp.folder"));

  private final Path folder;

  private WebappFolder(Path folder) {
    this.folder = folder;
  }

  static WebappFolder copyTo(Path folder) {
    try (Stream<Path> files = Files.walk(BUILT)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(BUILT.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
      return new WebappFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return folder;
  }

  /** Replaces {@code web.xml} by one with these elements. */
  WebappFolder webXml(String... elements) {
    return write(
        "WEB-INF/web.xml",
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n"
            + String.join("\n", elements)
            + "\n</web-app>\n");
  }

  WebappFolder securityYaml(String content) {
    return write("WEB-INF/security.yaml", content);
  }

  WebappFolder without(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WebappFolder write(String file, String content) {
    try {
      Files.writeString(folder.resolve(file), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WebappFolder append(String file, String content) {
    try {
      return write(file, Files.readString(folder.resolve(file)) + content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds classes of the tests to those of the application. */
  WebappFolder with(Class<?>... classes) {
    for (Class<?> type : classes) {
      String file = type.getName().replace('.', '/') + ".class";
      try (InputStream compiled = type.getClassLoader().getResourceAsStream(file)) {
        Files.copy(compiled, folder.resolve("WEB-INF/classes").resolve(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  /** Elements for {@link #webXml}: the filter as the shipped {@code web.xml} has it. */
  static String filter(String name) {
    return filter(name, "/*");
  }

  static String filter(String name, String pattern) {
    return """
        <filter>
          <filter-name>%1$s</filter-name>
          <filter-class>io.sallyport.core.SecurityFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>%1$s</filter-name>
          <url-pattern>%2$s</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ASYNC</dispatcher>
          <dispatcher>ERROR</dispatcher>
        </filter-mapping>
        """.formatted(name, pattern);
  }

  static String contextParameter(String name, String value) {
    return """
        <context-param>
          <param-name>%s</param-name>
          <param-value>%s</param-value>
        </context-param>
        """.formatted(name, value);
  }

  static String listener(Class<?> type) {
    return "<listener><listener-class>" + type.getName() + "</listener-class></listener>";
  }

  /** A configuration with the test's users in-line and these rules. */
  static String configuration(String... rules) {
    return """
        version: 1
        userstore:
          implementation: file
          properties:
        %s
        authentication_providers:
          - {name: password, implementation: password}
        rules:
        %s
        """.formatted(TestUsers.yaml("    "), "  - {" + String.join("}\n  - {", rules) + "}");
  }
}
