package io.sallyport.core.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes as a request's target, and whatever a container makes of it, there is one reading or
 * none. Fields: method, context path, raw target, servlet path, path info; without the latter two, as
 * several containers would fill them in.
 */
class RequestTargetFuzzTest {

  private static final TargetPolicy NAMED = new TargetPolicy(Set.of("jsessionid", "v"), Set.of());
  private static final TargetPolicy ALL = new TargetPolicy(Set.of(), Set.of(TargetForm.values()));

  /** What no decoded path may hold that is decided on. */
  private static final Pattern UNSOUND =
      Pattern.compile("^(?!/)|//|[\\x00-\\x1f\\x7f-\\x9f\\\\]|/\\.{1,2}(/|$)", Pattern.DOTALL);

  private static final Pattern PARAMETER = Pattern.compile(";[^/]*");
  private static final Pattern AUTHORITY = Pattern.compile("(?i)^https?://[^/]*(?=/|$)");

  @DictionaryFile(resourcePath = "RequestTargetFuzzTest.dict")
  @FuzzTest
  void hasOneReadingOrNone(byte[] input) {
    Fields fields = Fields.of(input);
    String method = fields.orNull(0);
    String context = fields.orNull(1);
    String raw = fields.orNull(2);
    String servlet = fields.orNull(3);
    String info = fields.orNull(4);

    Bounds.SMALL.check(() -> {
      checkDispatched(method, servlet == null ? raw : servlet, info);
      if (servlet != null || raw == null) {
        check(method, context, raw, servlet, info);
      } else {
        for (String path : containerPaths(context, raw)) {
          int cut = path.length() / 2;
          check(method, context, raw, path, null);
          check(method, context, raw, path.substring(0, cut), path.substring(cut));
        }
      }
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(RequestTargetFuzzTest.class).check(20_000, this::hasOneReadingOrNone);
  }

  /** How containers have been seen to fill in servlet path and path info together. */
  private static List<String> containerPaths(String context, String raw) {
    String whole = AUTHORITY.matcher(raw).replaceFirst("");
    String own =
        context != null && whole.startsWith(context) ? whole.substring(context.length()) : whole;
    String bare = PARAMETER.matcher(own).replaceAll("");
    List<String> paths = new ArrayList<>(List.of(own, decoded(own), decoded(bare)));
    paths.add(decoded(decoded(bare)));
    paths.add(decoded(bare).replace('\\', '/').replaceAll("/+", "/"));
    paths.add(decoded(bare) + "index.html");
    paths.add(decoded(bare) + "/");
    return paths;
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException broken) {
      return raw;
    }
  }

  private static void check(
      String method, String context, String raw, String servlet, String info) {
    Reading strict = RequestTarget.read(method, raw, context, servlet, info);
    Reading named = RequestTarget.read(NAMED, method, raw, context, servlet, info);
    for (Reading reading : List.of(strict, named)) {
      if (reading instanceof Reading.Canonical canonical) {
        checkCanonical(canonical, method, joined(servlet, info));
        checkSent(canonical.target().path(), raw, orEmpty(context));
      } else {
        checkRefused(reading);
      }
    }
    Reading all = RequestTarget.read(ALL, method, raw, context, servlet, info);
    if (all instanceof Reading.Canonical canonical) {
      // whatever is permitted, the path is the container's
      assertThat(canonical.target().path()).isEqualTo(joined(servlet, info));
    } else {
      checkRefused(all);
    }
    if (strict instanceof Reading.Canonical) {
      // what is let through by name can only be more
      assertThat(named).isEqualTo(strict);
      assertThat(all).isEqualTo(strict);
    }
  }

  private static void checkDispatched(String method, String servlet, String info) {
    Reading reading = RequestTarget.readDispatched(method, servlet, info);
    if (reading instanceof Reading.Canonical canonical) {
      checkCanonical(canonical, method, joined(servlet, info));
    } else {
      checkRefused(reading);
    }
  }

  private static void checkRefused(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    assertThat(((Reading.Refused) reading).why()).isNotBlank().hasSizeLessThan(120);
  }

  private static void checkCanonical(
      Reading.Canonical canonical, String method, String dispatched) {
    String path = canonical.target().path();
    assertThat(canonical.method()).isEqualTo(method).matches("[!-~]{1,64}").isNotEqualTo("TRACE");
    assertThat(canonical.target().method()).isEqualTo(method.equals("HEAD") ? "GET" : method);
    assertThat(path).isEqualTo(dispatched);
    assertThat(path).doesNotContainPattern(UNSOUND);
    assertThat(RequestTarget.readDispatched(method, path, null)).isEqualTo(canonical);
  }

  /** The path is the raw target, decoded once by the JDK; only a welcome file may be added to it. */
  private static void checkSent(String path, String raw, String context) {
    assertThat(RequestTarget.isReadInOneWay(path)).isTrue();
    assertThat(decoded(path)).isEqualTo(path);
    String sent =
        decoded(PARAMETER.matcher(AUTHORITY.matcher(raw).replaceFirst("")).replaceAll(""));
    // no container ends a context path in a slash; if one did, it would be the path's
    String root = decoded(PARAMETER.matcher(context).replaceAll("")).replaceFirst("/$", "");
    String whole = root + path;
    String directory = sent.endsWith("/") ? sent : sent + "/";
    assertThat(sent.equals(whole)
            || (directory.equals(whole) && path.equals("/"))
            || (whole.startsWith(directory) && whole.indexOf('/', directory.length()) < 0))
        .as("%s read as %s below %s", raw, path, context)
        .isTrue();
    if (!UTF_8.newEncoder().canEncode(path)) {
      return; // half of a surrogate pair in the name of a welcome file: no client can have sent it
    }
    // written by an encoder, it is read as the same
    String encoded = URLEncoder.encode(path, UTF_8).replace("+", "%20").replace("%2F", "/");
    assertThat(RequestTarget.read("GET", encoded, "", path, null))
        .isInstanceOfSatisfying(
            Reading.Canonical.class, again -> assertThat(again.target().path()).isEqualTo(path));
  }

  private static String joined(String servlet, String info) {
    String path = orEmpty(servlet) + orEmpty(info);
    return path.isEmpty() ? "/" : path;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
