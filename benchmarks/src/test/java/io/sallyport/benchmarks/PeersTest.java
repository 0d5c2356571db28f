package io.sallyport.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("tokenPeers")
  void answersRequestsWithTokens(TokenPeer.Kind kind, TokenAlgorithm algorithm) {
    var benchmark = new BearerTokenRequest();
    benchmark.peer = kind.name();
    benchmark.algorithm = algorithm.name();
    benchmark.setUp();
    try {
      assertThat(benchmark.request()).isEqualTo(200);
      assertThat(benchmark.request()).isEqualTo(200);
    } finally {
      benchmark.tearDown();
    }
  }

  private static Stream<Arguments> tokenPeers() {
    return Arrays.stream(TokenPeer.Kind.values())
        .flatMap(kind ->
            Arrays.stream(TokenAlgorithm.values()).map(algorithm -> arguments(kind, algorithm)));
  }

  @ParameterizedTest
  @EnumSource(TokenAlgorithm.class)
  void verifiesSignaturesAlone(TokenAlgorithm algorithm) throws Exception {
    var benchmark = new VerificationAlone();
    benchmark.algorithm = algorithm.name();
    benchmark.setUp();

    assertThat(benchmark.jdk()).isTrue();
    assertThat(benchmark.bouncyCastle()).isTrue();
    assertThat(benchmark.nimbus().getSubject()).isEqualTo("user0");
  }
}
