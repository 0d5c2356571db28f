package io.sallyport.core.internal.browser;

import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.CallerCheck;
import io.sallyport.core.internal.gate.GateRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds requests that a page of another origin may have made a browser send, with a credential that the
 * browser adds by itself, and that change something.
 *
 * <p>A page of the same site and another origin is refused like any other: whoever holds a sibling of our name
 * is not us. An origin that may is listed by name.
 */
public final class CrossSiteCheck implements CallerCheck {

  private static final String SITE = "Sec-Fetch-Site";
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<WebOrigin> trusted;
  private final BiPredicate<Optional<String>, Target> changedByGet;

  /**
   * A check.
   *
   * @param trusted the origins whose pages may send what they like
   * @param changedByGet whether a GET changes something, by the class of the servlet (empty where a
   *     container does not tell it) and the target
   */
  public CrossSiteCheck(
      Set<WebOrigin> trusted, BiPredicate<Optional<String>, Target> changedByGet) {
    this.trusted = Set.copyOf(trusted);
    this.changedByGet = changedByGet;
  }

  @Override
  public Optional<String> foreignSender(GateRequest request, Target target, Identity caller) {
    return caller.mayBeSentByBrowsers() && changesSomething(request, target)
        ? foreignSender(request)
        : Optional.empty();
  }

  private boolean changesSomething(GateRequest request, Target target) {
    return !SAFE_METHODS.contains(target.method())
        || opensAWebSocket(request)
        || changedByGet.test(request.servletClass(), target);
  }

  /** By GET, for whatever comes after. A browser asks for no other upgrade, and other clients do so often. */
  private static boolean opensAWebSocket(GateRequest request) {
    return request.headers("Upgrade").stream()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("websocket"));
  }

  private Optional<String> foreignSender(GateRequest request) {
    List<String> origins = request.headers("Origin");
    if (origins.size() > 1) {
      return Optional.of("a page of another origin may have sent it, by more than one Origin");
    }
    Optional<WebOrigin> origin = origins.stream().findFirst().flatMap(WebOrigin::parse);
    if (origin.filter(trusted::contains).isPresent()) {
      return Optional.empty();
    }
    List<String> sites = request.headers(SITE);
    if (!sites.isEmpty()) {
      return sites.size() == 1 && OWN_SITE.contains(sites.get(0))
          ? Optional.empty()
          : Optional.of("a page of another origin may have sent it, by " + SITE);
    }
    // other clients than browsers send neither
    return origins.isEmpty() || origin.filter(named -> isOurs(named, request)).isPresent()
        ? Optional.empty()
        : Optional.of("a page of another origin may have sent it, by Origin");
  }

  private static boolean isOurs(WebOrigin origin, GateRequest request) {
    return request
        .authority()
        .filter(authority -> origin.isServedBy(authority, request.secure()))
        .isPresent();
  }
}
