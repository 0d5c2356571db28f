package io.sallyport.containers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes raw request targets: paths to the places of {@link Place}, written as nobody should write them, and
 * targets of the corpus with something changed. The same seed makes the same targets.
 *
 * <p>Most targets have no more than one or two oddities: those with many are refused by every container.
 */
final class TargetGenerator {

  private static final List<String> SEGMENTS = List.of(
      "exact",
      "locked",
      "area",
      "inner",
      "leaf",
      "closed",
      "x.do",
      ".do",
      "x.do.do",
      "x",
      "a b",
      "a.b",
      "..x",
      "x..",
      "...",
      "index.html",
      "WEB-INF",
      "\u00e4",
      "\u20ac",
      "\ud83d\ude00",
      "100%",
      "a;b",
      "app",
      "~",
      "*");

  private static final List<String> PATHS = List.of(
      "",
      "/",
      "/exact",
      "/locked",
      "/area",
      "/area/",
      "/area/x",
      "/area/inner",
      "/area/inner/x",
      "/area/inner/leaf",
      "/area/closed",
      "/area/closed/x",
      "/area/x.do",
      "/x.do",
      "/y/x.do",
      "/y/z");

  private static final List<String> SEPARATORS = List.of(
      "//",
      "///",
      "/./",
      "/../",
      "/x/../",
      "/%2e/",
      "/%2E%2e/",
      "/.%2e/",
      "/..;/",
      "/.;x=1/",
      "/;/",
      ";/",
      ";x=1/",
      ";jsessionid=1/",
      "%2f",
      "%2F",
      "%252f",
      "%5c",
      "%255C",
      "\\",
      "\\\\",
      "/..%2f",
      "/..%5c",
      "/..\\",
      "/%252e%252e/",
      "%c0%af",
      "%e0%80%af",
      "%u002f",
      "%u2215",
      "\u2215",
      "\uff0f",
      "%ef%bc%8f",
      "%00/",
      "/%00/",
      "%20/",
      "/ ",
      "%09/",
      "/%c0%ae%c0%ae/",
      "/%u002e%u002e/",
      "/%ef%bc%8e%ef%bc%8e/");

  private static final List<String> ENDINGS = List.of(
      "/",
      "//",
      "/.",
      "/..",
      "/%2e",
      "/%2e%2e",
      "/..;",
      ";",
      ";x",
      ";x=1",
      ";jsessionid=1",
      ";/",
      ";x.do",
      ";.do",
      "/x.do",
      ".do",
      "%2edo",
      ".do/",
      ".do;x",
      ".DO",
      "%2f",
      "%2f..",
      "%5c",
      "%3b",
      "%3bx.do",
      "%3f",
      "%23",
      "%25",
      "%00",
      "%00.do",
      "%20",
      "%0a",
      "%7f",
      "%c2%85",
      "%",
      "%4",
      "%zz",
      "%u0041",
      "%e4",
      "%c3",
      "?",
      "?q=/../x;y",
      "?%00",
      "#",
      "#x",
      "\u0000",
      "\u0001",
      "\u007f",
      "+",
      "%2B",
      "\u00e4");

  private static final List<String> BEGINNINGS = List.of(
      "http://a",
      "HTTP://a",
      "https://a",
      "http://a:80",
      "http://other",
      "http://u:p@a",
      "http://a;x",
      "http://a%2f",
      "http:",
      "ftp://a",
      "/",
      "/.",
      "/..",
      "/x/..",
      "/;",
      "/;x",
      "/%2f",
      "/%2e",
      "/%00",
      "\\",
      "/\\",
      "*",
      ".",
      "x");

  private final Random random;
  private final String contextPath;
  private final List<String> corpus;

  /**
   * A generator.
   *
   * @param corpus targets to change, may be empty
   */
  TargetGenerator(long seed, String contextPath, List<String> corpus) {
    this.random = new Random(seed);
    this.contextPath = contextPath;
    this.corpus = corpus;
  }

  /** The next target, as the octets to send; without ends of lines, which would end the request's line. */
  byte[] next() {
    String target = random.nextInt(5) == 0 && !corpus.isEmpty() ? changed(pick(corpus)) : path();
    String line = target.replace("\r", "%0d").replace("\n", "%0a");
    return line.getBytes(chance(20) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private String path() {
    String path = chance(3) ? segments() : pick(PATHS);
    for (int oddities = oddities(); oddities > 0; oddities--) {
      path = odd(path);
    }
    String whole = contextPath + path;
    if (chance(8)) {
      whole = pick(BEGINNINGS) + whole;
    }
    return whole.isEmpty() ? "/" : whole;
  }

  private int oddities() {
    int count = 0;
    while (count < 5 && random.nextInt(10) < 6) {
      count++;
    }
    return count;
  }

  private String segments() {
    var path = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      path.append('/').append(escaped(pick(SEGMENTS)));
    }
    return path.toString();
  }

  /** As an honest client writes it. */
  private static String escaped(String segment) {
    var text = new StringBuilder();
    for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 0x7f && c > ' ' && "%;".indexOf(c) < 0;
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }

  private String odd(String path) {
    return switch (random.nextInt(6)) {
      case 0 -> path + pick(ENDINGS);
      case 1 -> withSeparator(path);
      case 2, 3 -> withCharacter(path);
      case 4 -> insideContext(path);
      default -> changed(path);
    };
  }

  /** One slash of the path replaced, or one put in. */
  private String withSeparator(String path) {
    List<Integer> slashes = new ArrayList<>();
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      slashes.add(i);
    }
    if (slashes.isEmpty()) {
      return pick(SEPARATORS) + path;
    }
    int at = slashes.get(random.nextInt(slashes.size()));
    return path.substring(0, at) + pick(SEPARATORS) + path.substring(at + 1);
  }

  /** One character written in another way. */
  private String withCharacter(String path) {
    if (path.isEmpty()) {
      return path;
    }
    int at = random.nextInt(path.length());
    return path.substring(0, at) + written(path.charAt(at)) + path.substring(at + 1);
  }

  private String written(char c) {
    int code = c & 0xff;
    return switch (random.nextInt(10)) {
      case 0, 1 -> String.format("%%%02x", code);
      case 2 -> String.format("%%%02X", code);
      case 3 -> String.format("%%25%02x", code);
      case 4 -> String.format("%%u%04x", (int) c);
      case 5 -> String.format("%%%02x%%%02x", 0xc0 | code >> 6, 0x80 | (code & 0x3f));
      case 6 -> String.format("%%e0%%%02x%%%02x", 0x80 | code >> 6, 0x80 | (code & 0x3f));
      case 7 ->
        Character.toString(
            Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
      case 8 -> Character.toString((char) (c > ' ' && c < 0x7f ? c - ' ' + 0xff00 : c));
      default -> Character.toString(c) + (char) random.nextInt(0x100);
    };
  }

  /** Through the context path, or around it. */
  private String insideContext(String path) {
    return switch (random.nextInt(4)) {
      case 0 -> "/.." + contextPath + path;
      case 1 -> "/x/.." + path;
      case 2 -> "/;x" + path;
      default -> "/" + path;
    };
  }

  private String changed(String target) {
    int from = random.nextInt(target.length() + 1);
    int to = Math.min(target.length(), from + random.nextInt(3));
    return switch (random.nextInt(4)) {
      case 0 -> target.substring(0, from) + target.substring(to);
      case 1 -> target.substring(0, from) + pick(ENDINGS) + target.substring(from);
      case 2 -> target.substring(0, from) + pick(SEPARATORS) + target.substring(to);
      default -> target.substring(0, to) + target.substring(from);
    };
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
