package io.sallyport.core.internal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Origins as browsers and others send them: what is read is scheme, host and port of the same URI, and
 * nothing more is in it. A page is ours only if scheme and authority say so. Fields: an origin, another, an
 * authority.
 */
class WebOriginFuzzTest {

  @DictionaryFile(resourcePath = "WebOriginFuzzTest.dict")
  @FuzzTest
  void isWhatTheUriSays(byte[] input) {
    Fields fields = Fields.of(input);

    Bounds.SMALL.check(() -> {
      Optional<WebOrigin> one = origin(fields.text(0));
      Optional<WebOrigin> other = origin(fields.text(1));
      if (one.isPresent() && other.isPresent()) {
        assertThat(one.get().equals(other.get()))
            .isEqualTo(one.get().toString().equals(other.get().toString()));
      }
      one.ifPresent(origin -> checkServed(origin, fields.text(2)));
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(WebOriginFuzzTest.class).check(20_000, this::isWhatTheUriSays);
  }

  private static Optional<WebOrigin> origin(String text) {
    Optional<WebOrigin> origin = WebOrigin.parse(text);
    origin.ifPresent(read -> {
      assertThat(text).matches("[!-~]{1,512}").doesNotContain("@", "?", "#", "%", "\\");
      assertThat(text.replaceFirst("://", "")).doesNotContain("/");
      assertThat(WebOrigin.parse(read.toString())).contains(read);
      assertThat(text.toLowerCase(Locale.ROOT)).startsWith(read.scheme() + "://" + read.host());
      assertThat(read.port()).isBetween(-1, 65_535).isNotZero();
      if (!text.contains("[") && !text.contains("_")) {
        URI uri = URI.create(text);
        assertThat(uri.getRawAuthority().toLowerCase(Locale.ROOT)).startsWith(read.host());
        assertThat(uri.getRawPath()).isEmpty();
        assertThat(uri.getScheme()).isEqualToIgnoringCase(read.scheme());
      }
    });
    return origin;
  }

  private static void checkServed(WebOrigin origin, String authority) {
    boolean overTls = origin.isServedBy(authority, true);
    boolean inClear = origin.isServedBy(authority, false);
    if (overTls) {
      assertThat(origin.scheme()).isEqualTo("https");
      assertThat(inClear).isTrue(); // a proxy may have been asked over TLS
    }
    if (inClear) {
      assertThat(origin.scheme()).isIn("http", "https");
      assertThat(authority.toLowerCase(Locale.ROOT)).startsWith(origin.host());
      assertThat(WebOrigin.parse(origin.scheme() + "://" + authority)).contains(origin);
    }
  }
}
