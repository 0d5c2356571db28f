package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings that let sound requests through, and nobody else. */
class PermittedTargetsIT {

  /** All that the documentation names, at once, and a parameter of any name. */
  private static final String EVERYTHING =
      "permitted_targets: [encoded_slash, encoded_semicolon, encoded_percent, any_path_parameters,"
          + " raw_delimiters]";

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void nobodyGetsAroundItWithAllOfThem(Container container) throws Exception {
    Corpus corpus = Corpus.configured();

    List<CorpusCase> cases = runWithAllOfThem(corpus, container, mode(container));

    assertThat(cases).isNotEmpty();
    assertThat(cases).filteredOn(CorpusCase::isHole).isEmpty();
    if (corpus.isOurs()) {
      assertThat(refused(cases)).isEqualTo(refusedWhateverIsSet());
    }
  }

  @Test
  void nobodyGetsAroundItWhereTheContainerHidesWhatWasEncoded() throws Exception {
    List<CorpusCase> cases =
        runWithAllOfThem(Corpus.configured(), Container.UNDERTOW_2_3, Mode.LENIENT);

    assertThat(cases).isNotEmpty();
    assertThat(cases).filteredOn(CorpusCase::isHole).isEmpty();
  }

  /** A lenient Undertow decodes the URI that it hands out: what was encoded cannot be permitted. */
  private static Mode mode(Container container) {
    return container == Container.UNDERTOW_2_3 ? Mode.DEFAULT : Mode.LENIENT;
  }

  private static List<CorpusCase> runWithAllOfThem(Corpus corpus, Container container, Mode mode)
      throws Exception {
    HostFolder folder = HostFolder.make(container + "-" + mode + "-permitted", EVERYTHING);
    return CorpusRun.secured(corpus, container, mode, folder);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusalsWithARemedy")
  void itsSettingLetsACaseThrough(DocumentedRefusal refusal) throws Exception {
    Container container = Stream.of(Container.values())
        .filter(one -> refusal.isIn(one, Mode.LENIENT))
        .findFirst()
        .orElseThrow();
    HostFolder folder =
        HostFolder.make("permitted-" + refusal.id(), refusal.remedy().orElseThrow());

    List<CorpusCase> cases = CorpusRun.secured(Corpus.ours(), container, Mode.LENIENT, folder);

    assertThat(cases).filteredOn(CorpusCase::isHole).isEmpty();
    assertThat(refused(cases)).doesNotContain(refusal.id());
    assertThat(refused(cases))
        .hasSize(DocumentedRefusal.of(container, Mode.LENIENT).size() - 1);
  }

  private static Set<String> refused(List<CorpusCase> cases) {
    return cases.stream()
        .filter(CorpusCase::failed)
        .map(CorpusCase::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> refusedWhateverIsSet() throws IOException {
    return DocumentedRefusal.all().stream()
        .filter(refusal -> refusal.remedy().isEmpty())
        .map(DocumentedRefusal::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<DocumentedRefusal> refusalsWithARemedy() throws IOException {
    return DocumentedRefusal.all().stream().filter(refusal -> refusal.remedy().isPresent());
  }
}
