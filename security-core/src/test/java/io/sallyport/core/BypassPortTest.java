package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BypassPortTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "2000::/3",
        "::ffff:0:0/96",
        "10.0.0.7/24",
        "manager.internal",
        "LOCAL",
        "*",
        ""
      })
  void refusesWhatRestrictsNothingOrIsNoRange(String range) {
    assertThatThrownBy(() -> BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT, range))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNoRangesOfItsOwn() {
    assertThatThrownBy(() -> BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "fc00::/7", "192.0.2.1", "2001:db8::1", "local"})
  void takesOneNetworkOneAddressAndTheMachineItself(String range) {
    BypassPort port = BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT, range);

    assertThat(port.port()).isEqualTo(8102);
    assertThat(port.toString()).contains("port 8102 for", range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "yes", "Everybody in these ranges may do everything"})
  void hasToBeAcknowledgedWordForWord(String words) {
    assertThatThrownBy(() -> BypassPort.of(8102, words, "local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("everybody in these ranges may do everything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.internal", "manager.internal:8102", "a b", ".internal", "a."})
  void itsHostsAreNames(String host) {
    BypassPort port = BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT, "local");

    assertThatThrownBy(() -> port.withHosts(host)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsHostsAreComparedWithoutCase() {
    BypassPort port = BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT, "local");

    assertThat(port.withHosts("Manager.Internal", "m").bypass().hosts())
        .containsExactlyInAnyOrder("manager.internal", "m");
  }
}
