package io.sallyport.core.internal.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the mapping that a container says has led to a servlet with the path that it tells: the
 * Servlet specification 6.0, sections 3.5 and 12.2, leaves one way to split a path for each kind of mapping.
 */
final class ServletMatch {

  private ServletMatch() {}

  /**
   * Whether a mapping may have led to a path. Where nothing is mapped, or the container does not say what
   * is, any path will do.
   *
   * @param mapping what the container says, null if nothing
   * @param servletPath the decoded servlet path
   * @param pathInfo the decoded path info, null if there is none
   * @return false if the container contradicts itself
   */
  static boolean isPossible(
      @Nullable HttpServletMapping mapping,
      @Nullable String servletPath,
      @Nullable String pathInfo) {
    MappingMatch kind = mapping == null ? null : mapping.getMappingMatch();
    String pattern = mapping == null ? null : mapping.getPattern();
    if (kind == null || pattern == null) {
      return true;
    }
    String servlet = servletPath == null ? "" : servletPath;
    String info = pathInfo == null ? "" : pathInfo;
    return switch (kind) {
      // the slash is the path info, says the specification, and the servlet path, says Undertow
      case CONTEXT_ROOT -> (servlet + info).isEmpty() || (servlet + info).equals("/");
      case DEFAULT -> info.isEmpty();
      case EXACT -> pattern.isEmpty() || (info.isEmpty() && servlet.equals(pattern));
      case EXTENSION -> pattern.isEmpty() || (info.isEmpty() && endsAs(servlet, pattern));
      case PATH -> pattern.isEmpty() || (beginsAs(servlet, pattern) && isBelow(info));
    };
  }

  /** Whether two mappings are one: a container need not give the same object twice. */
  static boolean isSame(HttpServletMapping one, @Nullable HttpServletMapping other) {
    return other != null
        && one.getMappingMatch() == other.getMappingMatch()
        && Objects.equals(one.getPattern(), other.getPattern());
  }

  /**
   * Whether a request without any path has come to another servlet than the one that is mapped to the root
   * of the application: Undertow gives {@code /app} to the default servlet even where {@code /app/} is
   * another's, and a rule for the root would speak for both.
   */
  static boolean isBesideRoot(HttpServletRequest request, @Nullable HttpServletMapping mapping) {
    ServletContext context = request.getServletContext();
    return context != null
        && mapping != null
        && mapping.getMappingMatch() != MappingMatch.CONTEXT_ROOT
        && context.getServletRegistrations().values().stream()
            .anyMatch(servlet -> servlet.getMappings().contains(""));
  }

  /** {@code *.do} */
  private static boolean endsAs(String servletPath, String pattern) {
    int suffix = pattern.length() - 1;
    return suffix > 0
        && pattern.charAt(0) == '*'
        && servletPath.length() > suffix
        && servletPath.regionMatches(servletPath.length() - suffix, pattern, 1, suffix)
        && servletPath.indexOf('/', servletPath.length() - suffix) < 0;
  }

  /** <code>/a/*</code> */
  private static boolean beginsAs(String servletPath, String pattern) {
    int prefix = pattern.length() - 2;
    return prefix >= 0
        && pattern.endsWith("/*")
        && servletPath.length() == prefix
        && pattern.startsWith(servletPath);
  }

  private static boolean isBelow(String info) {
    return info.isEmpty() || info.charAt(0) == '/';
  }
}
