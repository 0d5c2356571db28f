package io.sallyport.core.internal.rules;

import io.sallyport.api.Target;
import java.util.Set;
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
   * Reads the target of a dispatch that the application makes itself, letting nothing unusual through.
   *
   * @param method the method as sent
   * @param servletPath the decoded servlet path of the target
   * @param pathInfo the decoded path info of the target, null if there is none
   * @return the target, or why there is none
   */
  public static Reading readDispatched(
      @Nullable String method, @Nullable String servletPath, @Nullable String pathInfo) {
    return readDispatched(TargetPolicy.STRICT, method, servletPath, pathInfo);
  }

  /**
   * Reads the target of a dispatch that the application makes itself. The raw URI is still the client's
   * and says nothing about it. What a client may send decoded, an application may dispatch to.
   *
   * @param policy what is let through by name
   * @param method the method as sent
   * @param servletPath the decoded servlet path of the target
   * @param pathInfo the decoded path info of the target, null if there is none
   * @return the target, or why there is none
   */
  public static Reading readDispatched(
      TargetPolicy policy,
      @Nullable String method,
      @Nullable String servletPath,
      @Nullable String pathInfo) {
    String problemOfMethod = MethodToken.problem(method);
    if (method == null || problemOfMethod != null) {
      return new Reading.Refused(String.valueOf(problemOfMethod));
    }
    String path = joined(orEmpty(servletPath), orEmpty(pathInfo));
    return decoded(policy, method, path);
  }

  private static Reading decoded(TargetPolicy policy, String method, String path) {
    String problem = PathCharacters.problemOfDecoded(path, policy);
    return problem == null ? canonical(method, path) : new Reading.Refused(problem);
  }

  /**
   * Whether nobody can read a decoded path in another way, not even by decoding it once more.
   *
   * @param path the path
   * @return whether it has no dot or empty segments, escapes, parameters or control characters
   */
  public static boolean isReadInOneWay(String path) {
    return PathCharacters.problemOfDecoded(path, TargetPolicy.STRICT) == null
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
      return policy.permits(TargetForm.OTHER_FORMS)
          ? decoded(policy, method, path)
          : new Reading.Refused("a target in a form other than a path or an http or https URI");
    }
    if (hasUserInformation(rawTarget) && !policy.permits(TargetForm.USER_INFORMATION)) {
      return new Reading.Refused("a target in a form that holds user information");
    }
    RawPath.Result whole = RawPath.decode(raw, policy);
    if (whole.path() == null) {
      return new Reading.Refused(String.valueOf(whole.problem()));
    }
    // where nobody can say what was sent, there is nothing to compare the container's path with
    String difference =
        whole.undefined() ? null : difference(policy, whole.path(), contextPath, path);
    return difference == null ? decoded(policy, method, path) : new Reading.Refused(difference);
  }

  /** What forbids that a path as sent was dispatched to another one, null if nothing does. */
  private static @Nullable String difference(
      TargetPolicy policy, String sent, String contextPath, String path) {
    Set<String> contexts = contexts(policy, contextPath);
    String told = Readings.inCapitals(path);
    boolean inside = false;
    boolean outside = contexts.isEmpty();
    for (String whole : readings(policy, sent, path)) {
      for (String context : contexts) {
        String own = below(context, whole);
        String compared = own == null ? "" : Readings.inCapitals(own);
        if (own != null && (compared.equals(told) || isWelcomeFile(compared, told))) {
          return null;
        }
        inside |= own != null;
        outside |= own == null;
      }
    }
    if ((inside && policy.permits(TargetForm.REWRITTEN_PATHS))
        || (outside && policy.permits(TargetForm.OUTSIDE_CONTEXT))) {
      return null;
    }
    return inside
        ? "the path as sent and the path that the container dispatches on differ"
        : "a path that does not lie below the context path that it was sent to";
  }

  private static Set<String> readings(TargetPolicy policy, String sent, String told) {
    return policy.permitted().isEmpty() ? Set.of(sent) : Readings.of(sent, told);
  }

  /** Some containers give the context path as sent, some as configured. */
  private static Set<String> contexts(TargetPolicy policy, String contextPath) {
    if (contextPath.isEmpty()) {
      return Set.of("");
    }
    String context = RawPath.decode(contextPath, policy).path();
    return context == null ? Set.of() : readings(policy, context, context);
  }

  /** The path of a target in origin-form or absolute-form; null if it has another form. */
  private static @Nullable String withoutAuthority(String target) {
    if (target.startsWith(ROOT)) {
      return target;
    }
    int scheme = afterScheme(target);
    if (scheme < 0) {
      return null;
    }
    int authority = behindUserInformation(target, scheme);
    int end = authority;
    while (end < target.length() && isAuthorityCharacter(target.charAt(end))) {
      end++;
    }
    if (end == authority || (end < target.length() && target.charAt(end) != '/')) {
      return null;
    }
    return end == target.length() ? ROOT : target.substring(end);
  }

  private static boolean hasUserInformation(String target) {
    int authority = afterScheme(target);
    return authority >= 0 && behindUserInformation(target, authority) > authority;
  }

  private static int behindUserInformation(String target, int authority) {
    int end = authority;
    while (end < target.length() && isUserCharacter(target.charAt(end))) {
      end++;
    }
    return end < target.length() && target.charAt(end) == '@' ? end + 1 : authority;
  }

  private static boolean isUserCharacter(char c) {
    return isAuthorityCharacter(c) || "%!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static int afterScheme(String target) {
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
  }

  // no escapes
  private static boolean isAuthorityCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_~:[]".indexOf(c) >= 0;
  }

  /** The part of a decoded path below the context path; null if it does not lie there. */
  private static @Nullable String below(String context, String whole) {
    if (!whole.startsWith(context)) {
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
        && dispatched.indexOf('/', sent.length()) < 0
        && isReadInOneWay(dispatched.substring(sent.length() - 1));
  }

  private static String joined(String servletPath, String pathInfo) {
    String path = pathInfo.isEmpty() ? servletPath : servletPath + pathInfo;
    return path.isEmpty() ? ROOT : path;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
