package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,        10.0.0.0,             true",
    "10.0.0.0/8,        10.255.255.255,       true",
    "10.0.0.0/8,        9.255.255.255,        false",
    "10.0.0.0/8,        11.0.0.0,             false",
    "128.0.0.0/1,       128.0.0.0,            true",
    "128.0.0.0/1,       127.255.255.255,      false",
    "192.0.2.6/31,      192.0.2.7,            true",
    "192.0.2.6/31,      192.0.2.8,            false",
    "192.0.2.1/32,      192.0.2.1,            true",
    "192.0.2.1,         192.0.2.1,            true",
    "192.0.2.1,         192.0.2.0,            false",
    "192.0.2.1,         ::ffff:192.0.2.1,     true",
    "192.0.2.1,         ::192.0.2.1,          false",
    "fd00::/8,          fdff:ffff::1,         true",
    "fd00::/8,          fe00::,               false",
    "2001:db8::/64,     2001:db8::ffff:0:0:1, true",
    "2001:db8::/64,     2001:db8:0:1::,       false",
    "2001:db8::/65,     2001:db8::7fff:0:0:1, true",
    "2001:db8::/65,     2001:db8::8000:0:0:0, false",
    "2001:db8::4/127,   2001:db8::5,          true",
    "2001:db8::4/127,   2001:db8::6,          false",
    "::1,               ::1,                  true",
    "::1/128,           [0:0:0:0:0:0:0:1],    true",
    "::1,               ::2,                  false",
    "::/1,              10.0.0.1,             false",
    "a00::/8,           10.0.0.1,             false",
    "fe80::/10,         fe80::1%eth0,         true",
    "10.0.0.0/8,        unknown,              false",
    "10.0.0.0/8,        '',                   false",
    "10.0.0.0/8,        10.0.0.01,            false",
  })
  void containsWhatLiesBetweenItsLimits(String range, String address, boolean contained) {
    AddressRanges ranges = AddressRanges.of(List.of(range));

    assertThat(ranges.containsConnection(address)).isEqualTo(contained);
  }

  @Test
  void isOneOfSeveralAndNamesEachOnce() {
    AddressRanges ranges = AddressRanges.of(List.of("127.0.0.1/32", "10.0.0.0/8", "127.0.0.1"));

    assertThat(ranges.containsConnection("10.1.2.3")).isTrue();
    assertThat(ranges).hasToString("[127.0.0.1, 10.0.0.0/8]");
  }

  @Test
  void knowsTheMachineItself() {
    assertThat(AddressRanges.LOOPBACK.containsConnection("127.9.9.9")).isTrue();
    assertThat(AddressRanges.LOOPBACK.containsConnection("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(AddressRanges.LOOPBACK.containsConnection("::ffff:127.0.0.1")).isTrue();
    assertThat(AddressRanges.LOOPBACK.containsConnection("128.0.0.1")).isFalse();
    assertThat(AddressRanges.LOOPBACK.containsConnection("0.0.0.0")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost            | names are not resolved",
        "10.0.0               | no address or range",
        "10.0.0.0/            | from 1 to 32",
        "10.0.0.0/33          | from 1 to 32",
        "10.0.0.0/08          | from 1 to 32",
        "10.0.0.0/+8          | from 1 to 32",
        "10.0.0.0/8/8         | from 1 to 32",
        "10.0.0.0/9999999999  | from 1 to 32",
        "10.0.0.0/255.0.0.0   | from 1 to 32",
        "fd00::/129           | from 1 to 128",
        "fe80::1%eth0         | no address or range",
        "[::1]                | no address or range",
        "10.0.0.1/8           | write 10.0.0.0/8 for the range, or 10.0.0.1 for the address alone",
        "2001:db8::1/64       | write 2001:db8::/64 for the range",
        "0.0.0.0/0            | is every address",
        "::/0                 | is every address",
        "10.1.2.3/0           | is every address",
        "::ffff:10.0.0.0/104  | wraps an IPv4 address: write that, such as 10.0.0.0/8",
        "::ffff:10.0.0.1      | such as 10.0.0.1",
        "::ffff:10.0.0.0/90   | such as 10.0.0.0",
        "''                   | no address or range",
      })
  void refusesWhatIsNoRangeAndSaysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> AddressRanges.of(List.of("127.0.0.1", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining(message);
  }

  /** Two of them can be all addresses. */
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/6", "2000::/3", "::/6"})
  void knowsWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> AddressRanges.ofNetworks(List.of("10.0.0.0/8", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\" is no network");
  }

  @Test
  void knowsNetworks() {
    AddressRanges networks = AddressRanges.ofNetworks(List.of("fc00::/7", "10.0.0.0/8", "::1"));

    assertThat(networks.containsConnection("fdff::1")).isTrue();
    assertThat(networks).hasToString("[fc00::/7, 10.0.0.0/8, ::1]");
  }

  @Test
  void isNeverEmpty() {
    assertThatThrownBy(() -> AddressRanges.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
