package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureLocationTest {

  private static final PublicOrigin ORIGIN = PublicOrigin.of("https://app.example.org");

  private static String location(String target, @Nullable String query) {
    return SecureLocation.of(ORIGIN, target, query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/                         |          | /",
        "/a/b                      |          | /a/b",
        "/a%20b/%C3%A9             | x=%26&y  | /a%20b/%C3%A9?x=%26&y",
        "/a                        | \"\"     | /a?",
        "/a                        | x=/?:@;  | /a?x=/?:@;",
        "/a;jsessionid=1/b;x=2     |          | /a/b",
        "/a;jsessionid=1           | q        | /a?q",
        "/a;x=1;y=2/               |          | /a/",
        "/;x                       |          | /",
        "//evil.example/x          |          | //evil.example/x",
        "/\\\\evil                 |          | /%5C%5Cevil",
        "/@evil.example            |          | /@evil.example",
        "http://evil.example/x/y   | q        | /x/y?q",
        "https://evil.example      |          | /",
        "http://evil.example       | q        | /?q",
        "*                         |          | /",
        "/ü                        | ü        | /%C3%BC?%C3%BC",
        "/a<b>\"c\"                | <\"x\">  | /a%3Cb%3E%22c%22?%3C%22x%22%3E",
        "/a#b                      | #c       | /a%23b?%23c",
      })
  void putsTheOriginBeforePathAndQuery(String target, @Nullable String query, String expected) {
    assertThat(location(target, query)).isEqualTo("https://app.example.org" + expected);
  }

  @Test
  void escapesWhatWouldEndTheHeaderField() {
    String location = location("/a\r\nSet-Cookie: x=y", "q\r\n\r\n<html>\u0000\u0085\u2028");

    assertThat(location)
        .isEqualTo("https://app.example.org/a%0D%0ASet-Cookie:%20x=y"
            + "?q%0D%0A%0D%0A%3Chtml%3E%00%C2%85%E2%80%A8");
  }

  /** Whatever is sent, the host is the configured one, and nothing leaves the header field. */
  @Test
  void neverLeadsToAnotherHost() {
    Random random = new Random(20_261_126);
    String alphabet = "/\\@:;?#.%ab\r\n\t\u0000 []ü\uD83D\uDE00";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder path = new StringBuilder("/");
      StringBuilder query = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        // what is left of a percent sign was checked before
        path.append(c == '%' ? "%41" : String.valueOf(c));
        query.append(c == '%' ? "%41" : String.valueOf(c));
      }

      String location = location(path.toString(), query.toString());

      URI read = URI.create(location);
      assertThat(read.getScheme()).isEqualTo("https");
      assertThat(read.getRawAuthority()).as(location).isEqualTo("app.example.org");
      assertThat(location).matches("[!-~]+");
    }
  }
}
