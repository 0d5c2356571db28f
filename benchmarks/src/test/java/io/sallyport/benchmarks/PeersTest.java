package io.sallyport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeersTest {

  @ParameterizedTest
  @EnumSource(Peer.Kind.class)
  void answersTheFirstRequestsAsAFilterMust(Peer.Kind kind) {
    var benchmark = new FirstBasicRequest();
    benchmark.peer = kind.name();
    benchmark.setUp();
    try {
      int status = benchmark.first();

      assertThat(status).isEqualTo(200);
    } finally {
      benchmark.tearDown();
    }
  }

  @ParameterizedTest
  @EnumSource(Peer.Kind.class)
  void answersRepeatedRequests(Peer.Kind kind) {
    var benchmark = new RepeatedBasicRequest();
    benchmark.peer = kind.name();
    benchmark.setUp();
    try {
      assertThat(benchmark.repeated()).isEqualTo(200);
      assertThat(benchmark.repeated()).isEqualTo(200);
    } finally {
      benchmark.tearDown();
    }
  }
}
