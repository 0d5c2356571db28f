package io.sallyport.containers;

/**
 * What became of one case of the corpus.
 *
 * @param kind {@code pass}, {@code BYPASS}, {@code over-block}, {@code 5xx}, {@code hang}, {@code odd} or
 *     {@code skip}
 */
record CorpusCase(String id, String group, String level, String kind, String note) {

  boolean isMust() {
    return !level.equals("should");
  }

  /** Neither as expected nor left out. */
  boolean failed() {
    return !kind.equals("pass") && !kind.equals("skip");
  }

  /** Somebody got around the rules, or broke or blocked the server. */
  boolean isHole() {
    return kind.equals("BYPASS") || kind.equals("5xx") || kind.equals("hang");
  }
}
