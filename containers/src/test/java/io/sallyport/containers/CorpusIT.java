package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests drawn from the history of servlet security, sent to the host application. */
class CorpusIT {

  private static final Corpus CORPUS = Corpus.configured();

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("containersAndModes")
  void nobodyGetsAroundIt(Container container, Mode mode) throws Exception {
    HostFolder folder = HostFolder.make(container + "-" + mode);

    List<CorpusCase> cases = CorpusRun.secured(CORPUS, container, mode, folder);

    assertThat(cases).isNotEmpty();
    assertThat(cases)
        .filteredOn(CorpusCase::isMust)
        .filteredOn(CorpusCase::failed)
        .isEmpty();
    assertThat(cases).filteredOn(CorpusCase::isHole).isEmpty();
    assertThat(CorpusRun.forgedLines(CORPUS, folder.serverLog())).isEmpty();
    if (CORPUS.isOurs()) {
      assertThat(failed(cases)).isEqualTo(DocumentedRefusal.of(container, mode));
    }
  }

  /** What the corpus would find if there were nothing to find it in: the proof can fail. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void everybodyGetsAroundNothing(Container container) throws Exception {
    HostFolder folder = HostFolder.make(container + "-open");

    List<CorpusCase> cases = CorpusRun.open(CORPUS, container, Mode.DEFAULT, folder);

    long bypassed = cases.stream()
        .filter(CorpusCase::isMust)
        .filter(one -> one.kind().equals("BYPASS"))
        .count();
    long refused = cases.stream()
        .filter(CorpusCase::isMust)
        .filter(one -> one.kind().equals("pass"))
        .count();
    assertThat(bypassed).isGreaterThan(refused);
  }

  private static Set<String> failed(List<CorpusCase> cases) {
    return cases.stream()
        .filter(CorpusCase::failed)
        .map(CorpusCase::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Arguments> containersAndModes() {
    return Stream.of(Container.values())
        .flatMap(container -> Stream.of(Mode.values()).map(mode -> Arguments.of(container, mode)));
  }
}
