package io.sallyport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.benchmarks.load.HttpConnection.Answer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 \r\nContent-Length: 3\r\nDate: x\r\n\r\nabc",
        "HTTP/1.1 503 \r\nRetry-After: 2\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 401 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      })
  void areReadOnceTheyAreThereInFull(String whole) {
    for (int i = 0; i < whole.length(); i++) {
      assertThat(Answer.in(whole.substring(0, i))).isNull();
    }

    assertThat(Answer.in(whole).status()).isEqualTo(Integer.parseInt(whole.substring(9, 12)));
    assertThat(Answer.in(whole).closes()).isFalse();
  }

  @Test
  void areTalliedByStatusAndTime() {
    Tally tally = new Tally();
    LongStream.rangeClosed(1, 100).forEach(millis -> tally.add(200, millis * 1_000_000));

    assertThat(List.of(tally.percentile(50), tally.percentile(99), tally.percentile(100)))
        .containsExactly(50.0, 99.0, 100.0);
    assertThat(tally.count(200)).isEqualTo(100);
    assertThat(tally.count(401)).isZero();
  }
}
