package io.sallyport.core.internal.transport;

import java.util.List;

/** What no forwarding header goes beyond that anybody sends in earnest. */
final class ReportBounds {

  static final int MAX_ELEMENTS = 32;
  static final int MAX_CHARACTERS = 4096;

  private ReportBounds() {}

  static void checkLength(String field, List<String> lines) {
    int characters = 0;
    for (String line : lines) {
      characters += line.length();
    }
    if (characters > MAX_CHARACTERS) {
      throw new MalformedReportException(
          field + " from a trusted proxy is longer than " + MAX_CHARACTERS + " characters");
    }
  }

  /** Another element is about to follow those that are there. */
  static void checkCount(String field, int present) {
    if (present == MAX_ELEMENTS) {
      throw new MalformedReportException(
          field + " from a trusted proxy has more than " + MAX_ELEMENTS + " elements");
    }
  }
}
