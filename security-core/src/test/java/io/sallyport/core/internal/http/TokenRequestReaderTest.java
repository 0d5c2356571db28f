package io.sallyport.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.api.TokenRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestReaderTest {

  private static final String BODY = "{\"description\":\"n\u00e4chtlich\"}";

  private static TokenRequest read(byte[] body) throws IOException {
    return TokenRequestReader.read(new ByteArrayInputStream(body));
  }

  @Test
  void readsUtf8WithOrWithoutItsMark() throws IOException {
    TokenRequest expected = new TokenRequest("n\u00e4chtlich", null);

    assertThat(read(BODY.getBytes(UTF_8))).isEqualTo(expected);
    assertThat(read(("\uFEFF" + BODY).getBytes(UTF_8))).isEqualTo(expected);
  }

  @Test
  void refusesAnEncodingThatOthersReadDifferently() {
    assertThatIllegalArgumentException().isThrownBy(() -> read(BODY.getBytes(UTF_16)));
  }

  /** Half a character in UTF-8, and what a reader of UTF-32 would take for a broken connection. */
  @ParameterizedTest
  @ValueSource(strings = {"7b22c3227d", "0000feff7fffffff", "fffe000000000011"})
  void refusesBrokenText(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(HexFormat.of().parseHex(hex)))
        .withMessageStartingWith("The body must be");
  }
}
