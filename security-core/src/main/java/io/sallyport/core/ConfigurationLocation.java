package io.sallyport.core;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a web application keeps its configuration file. */
record ConfigurationLocation(Path file) {

  static final String DEFAULT = "/WEB-INF/security.yaml";

  /**
   * The file that the application names or has in its usual place; empty if there is neither.
   *
   * @throws ServletException if it is in its usual place and is no file that could be followed: to
   *     take it for missing would leave the application open
   */
  static Optional<ConfigurationLocation> find(ServletContext context) throws ServletException {
    String named = context.getInitParameter(SecurityFilter.CONTEXT_PARAMETER);
    if (named != null) {
      return Optional.of(at(context, named));
    }
    @Nullable String unpacked = context.getRealPath(DEFAULT);
    // a link is there even if it leads nowhere, and reading it says so
    if (unpacked != null && Files.exists(Path.of(unpacked), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new ConfigurationLocation(Path.of(unpacked)));
    }
    if (isPacked(context)) {
      throw new ServletException(DEFAULT
          + " is inside of an archive, and Sallyport follows files; have the application unpacked,"
          + " or name a file with the context parameter "
          + SecurityFilter.CONTEXT_PARAMETER);
    }
    return Optional.empty();
  }

  private static boolean isPacked(ServletContext context) throws ServletException {
    try {
      @Nullable URL resource = context.getResource(DEFAULT);
      return resource != null;
    } catch (MalformedURLException e) {
      throw new ServletException("the container cannot tell whether there is a " + DEFAULT, e);
    }
  }

  static ConfigurationLocation of(FilterConfig config) throws ServletException {
    @Nullable String named = config.getInitParameter(SecurityFilter.CONFIG_PARAMETER);
    if (named != null) {
      return at(config.getServletContext(), named);
    }
    return find(config.getServletContext())
        .orElseThrow(() -> new ServletException(
            "no configuration for Sallyport: expected the filter's init parameter "
                + SecurityFilter.CONFIG_PARAMETER
                + ", the context parameter "
                + SecurityFilter.CONTEXT_PARAMETER
                + ", or "
                + DEFAULT
                + " in an unpacked application"));
  }

  /** A path below WEB-INF lies in the application, every other one in the file system. */
  private static ConfigurationLocation at(ServletContext context, String named) {
    @Nullable String unpacked = named.startsWith("/WEB-INF/") ? context.getRealPath(named) : null;
    return new ConfigurationLocation(Path.of(unpacked == null ? named : unpacked));
  }

  Sallyport load() throws ServletException {
    try {
      return Sallyport.load(file);
    } catch (InvalidConfigurationException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }
}
