package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericAddressTest {

  /** The right column is the form of RFC 5952. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,                                 0.0.0.0",
    "192.0.2.1,                               192.0.2.1",
    "255.255.255.255,                         255.255.255.255",
    "::,                                      ::",
    "::1,                                     ::1",
    "1::,                                     1::",
    "2001:DB8::00a,                           2001:db8::a",
    "2001:db8:0:0:1:0:0:1,                    2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1,                    2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1,                      2001:0:0:1::1",
    "1:2:3:4:5:6:7::,                         1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8,                         0:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33,                     64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4,                     1:2:3:4:5:6:102:304",
    "::1.2.3.4,                               ::102:304",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void readsAnAddressAndWritesItInItsOneForm(String text, String written) {
    assertThat(NumericAddress.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"::ffff:192.0.2.1", "::FFFF:c000:201", "0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"})
  void takesAWrappedAddressForTheOneInside(String text) {
    NumericAddress address = NumericAddress.parse(text);

    assertThat(address).isEqualTo(NumericAddress.v4(0xc0000201L)).hasToString("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "1",
        "1.2.3",
        "1.2.3.",
        ".1.2.3",
        "1..2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.256",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.00",
        "0x7f.0.0.1",
        "2130706433",
        "127.1",
        "1.2.3.4 ",
        " 1.2.3.4",
        "+1.2.3.4",
        "1.2.3.-4",
        "1.2.3.4/32",
        "1.2.3.4:80",
        "１.2.3.4",
        "1.2.3.٤",
        ":",
        ":::",
        ":1",
        "1:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "::1::",
        "1:::2",
        "12345::",
        "::12345",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8",
        "g::",
        "::1%eth0",
        "fe80::1%1",
        "[::1]",
        "::1 ",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "::ffff:256.0.0.1",
        "localhost",
        "unknown",
        "_hidden",
        "١٢::",
        "1,2.3.4"
      })
  void readsNothingElse(String text) {
    assertThat(NumericAddress.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,                   127.0.0.1",
    "0:0:0:0:0:0:0:1,             ::1",
    "[0:0:0:0:0:0:0:1],           ::1",
    "fe80:0:0:0:0:0:0:1%eth0,     fe80::1",
    "[fe80:0:0:0:0:0:0:1%2],      fe80::1",
    "::ffff:192.0.2.1,            192.0.2.1",
    "/run/app:1.sock,             /run/app:1.sock",
    "unknown,                     unknown",
    "'',                          ''",
    "[,                           [",
  })
  void normalizesTheAddressOfAConnection(String text, String written) {
    assertThat(NumericAddress.normalized(text)).isEqualTo(written);
  }

  @Test
  void readsWhateverTheJdkWritesAndItsOwnForm() throws UnknownHostException {
    Random random = new Random(20_261_123);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
      for (int k = 0; k < octets.length; k++) {
        octets[k] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
      }
      InetAddress expected = InetAddress.getByAddress(octets);

      NumericAddress read = NumericAddress.parse(expected.getHostAddress());

      assertThat(read).as(expected.getHostAddress()).isNotNull();
      assertThat(InetAddress.getByName(String.valueOf(read))).isEqualTo(expected);
      assertThat(NumericAddress.parse(String.valueOf(read))).isEqualTo(read);
    }
  }

  @Test
  void acceptsNothingThatTheJdkReadsInAnotherWay() throws UnknownHostException {
    Random random = new Random(20_261_124);
    String alphabet = "0123456789abcdefF::::..%[]";
    int accepted = 0;
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder(":");
      for (int length = random.nextInt(12); length > 0; length--) {
        text.insert(
            random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
      }

      NumericAddress read = NumericAddress.parse(text.toString());

      if (read != null) {
        accepted++;
        // a text with a colon is never looked up
        assertThat(InetAddress.getByName(read.toString()))
            .isEqualTo(InetAddress.getByName(text.toString()));
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }
}
