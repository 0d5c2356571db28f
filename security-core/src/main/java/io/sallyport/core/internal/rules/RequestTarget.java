package io.sallyport.core.internal.rules;

import io.sallyport.api.Target;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for.
 *
 * <p>The path that is decided on is the one that the container dispatches on: servlet path and path info.
 * The raw URI is looked at only to refuse the request, never to repair it: where the two differ, or where
 * the raw URI holds what others may read in another way, there is no target.
 *
 * <p><b>Security.</b> Nothing in here throws, whatever it is given.
 */
public final class RequestTarget {

  private static final String ROOT = "/";

  private RequestTarget() {}

  /**
   * Reads the target of a request from a client, letting nothing unusual through.
   *
   * @param method the method as sent
   * @param rawTarget the request's URI as sent, without its query
   * @param contextPath the context path in the container's words, encoded or not
   * @param servletPath the decoded servlet path
   * @param pathInfo the decoded path info, null if there is none
   * @return the target, or why there is none
   */
  public static Reading read(
      @Nullable String method,
      @Nullable String rawTarget,
      @Nullable String contextPath,
      @Nullable String servletPath,
      @Nullable String pathInfo) {
    return read(TargetPolicy.STRICT, method, rawTarget, contextPath, servletPath, pathInfo);
  }

  /**
   * Reads the target of a request from a client.
   *
   * @param policy what is let through by name
   * @param method the method as sent
   * @param rawTarget the request's URI as sent, without its query
   * @param contextPath the context path in the container's words, encoded or not
   * @param servletPath the decoded servlet path
   * @param pathInfo the decoded path info, null if there is none
   * @return the target, or why there is none
   */
  public static Reading read(
      TargetPolicy policy,
      @Nullable String method,
      @Nullable String rawTarget,
      @Nullable String contextPath,
      @Nullable String servletPath,
      @Nullable String pathInfo) {
    String raw = orEmpty(rawTarget);
    String context = orEmpty(contextPath);
    String servlet = orEmpty(servletPath);
    String info = orEmpty(pathInfo);
    String problemOfMethod = MethodToken.problem(method);
    if (method == null || problemOfMethod != null) {
      return new Reading.Refused(String.valueOf(problemOfMethod));
    }
    if (PathCharacters.isPlain(raw) && isLiterally(raw, context, servlet, info)) {
      return canonical(method, plainPath(raw, context, servlet, info));
    }
    return readCarefully(policy, method, raw, context, joined(servlet, info));
  }

  /**
   * Reads the target of a dispatch that the application makes itself. The raw URI is still the client's
   * and says nothing about it.
   *
   * @param method the method as sent
   * @param servletPath the decoded servlet path of the target
   * @param pathInfo the decoded path info of the target, null if there is none
   * @return the target, or why there is none
   */
  public static Reading readDispatched(
      @Nullable String method, @Nullable String servletPath, @Nullable String pathInfo) {
    String problemOfMethod = MethodToken.problem(method);
    if (method == null || problemOfMethod != null) {
      return new Reading.Refused(String.valueOf(problemOfMethod));
    }
    String path = joined(orEmpty(servletPath), orEmpty(pathInfo));
    String problem = PathCharacters.problemOfDecoded(path);
    return problem == null ? canonical(method, path) : new Reading.Refused(problem);
  }

  /**
   * Whether nobody can read a decoded path in another way, not even by decoding it once more.
   *
   * @param path the path
   * @return whether it has no dot or empty segments, escapes, parameters or control characters
   */
  public static boolean isReadInOneWay(String path) {
    return PathCharacters.problemOfDecoded(path) == null
        && path.indexOf('%') < 0
        && path.indexOf(';') < 0;
  }

  private static Reading canonical(String method, String path) {
    return new Reading.Canonical(new Target(MethodToken.decidedOn(method), path), method);
  }

  private static boolean isLiterally(String raw, String context, String servlet, String info) {
    int ownPath = context.length();
    return raw.length() == ownPath + servlet.length() + info.length()
        && raw.startsWith(context)
        && raw.startsWith(servlet, ownPath)
        && raw.startsWith(info, ownPath + servlet.length())
        && (ownPath == raw.length() || raw.charAt(ownPath) == '/');
  }

  // hands on a string that is there already wherever it can
  private static String plainPath(String raw, String context, String servlet, String info) {
    if (info.isEmpty()) {
      return servlet.isEmpty() ? ROOT : servlet;
    }
    if (servlet.isEmpty()) {
      return info;
    }
    return context.isEmpty() ? raw : raw.substring(context.length());
  }

  private static Reading readCarefully(
      TargetPolicy policy, String method, String rawTarget, String contextPath, String path) {
    String raw = withoutAuthority(rawTarget);
    if (raw == null) {
      return new Reading.Refused("a target in a form other than a path or an http or https URI");
    }
    RawPath.Result whole = RawPath.decode(raw, policy);
    if (whole.path() == null) {
      return new Reading.Refused(String.valueOf(whole.problem()));
    }
    String own = below(contextPath, whole.path(), policy);
    if (own == null) {
      return new Reading.Refused(
          "a path that does not lie below the context path that it was sent to");
    }
    if (!own.equals(path) && !isWelcomeFile(own, path)) {
      return new Reading.Refused(
          "the path as sent and the path that the container dispatches on differ");
    }
    String problem = PathCharacters.problemOfDecoded(path);
    return problem == null ? canonical(method, path) : new Reading.Refused(problem);
  }

  /** The path of a target in origin-form or absolute-form; null if it has another form. */
  private static @Nullable String withoutAuthority(String target) {
    if (target.startsWith(ROOT)) {
      return target;
    }
    int authority = afterScheme(target);
    if (authority < 0) {
      return null;
    }
    int end = authority;
    while (end < target.length() && isAuthorityCharacter(target.charAt(end))) {
      end++;
    }
    if (end == authority || (end < target.length() && target.charAt(end) != '/')) {
      return null;
    }
    return end == target.length() ? ROOT : target.substring(end);
  }

  private static int afterScheme(String target) {
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  // no user information (RFC 9110 section 4.2.4), no escapes
  private static boolean isAuthorityCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_~:[]".indexOf(c) >= 0;
  }

  /** The part of a decoded path below the context path; null if it does not lie there. */
  private static @Nullable String below(String contextPath, String whole, TargetPolicy policy) {
    if (contextPath.isEmpty()) {
      return whole;
    }
    // some containers give it as sent, some as configured
    String context = RawPath.decode(contextPath, policy).path();
    if (context == null || !whole.startsWith(context)) {
      return null;
    }
    String own = whole.substring(context.length());
    if (own.isEmpty()) {
      return ROOT;
    }
    return own.startsWith(ROOT) ? own : null;
  }

  private static boolean isWelcomeFile(String sent, String dispatched) {
    return sent.endsWith(ROOT)
        && dispatched.length() > sent.length()
        && dispatched.startsWith(sent)
        && dispatched.indexOf('/', sent.length()) < 0;
  }

  private static String joined(String servletPath, String pathInfo) {
    String path = pathInfo.isEmpty() ? servletPath : servletPath + pathInfo;
    return path.isEmpty() ? ROOT : path;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
