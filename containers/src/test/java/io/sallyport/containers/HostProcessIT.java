package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts leave nothing behind. */
class HostProcessIT {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void endsWithWhoeverHasStartedIt(Container container) throws Exception {
    HostFolder folder = HostFolder.make(container + "-end");
    try (HostProcess host = HostProcess.secured(container, Mode.DEFAULT, folder)) {

      host.release();

      assertThat(host.exitCode()).isZero();
    }
  }
}
