package io.sallyport.core.internal.rules;

import java.util.List;

/**
 * Compares one path with one pattern. Only the last <code>**</code> seen can have to take more, so that the
 * time is at most the product of the two lengths.
 */
final class PatternMatch {

  private PatternMatch() {}

  static boolean of(List<Segment> segments, String path) {
    int end = path.length() + 1;
    int s = 0;
    int place = 1;
    int rest = -1;
    int resume = end;
    while (place < end) {
      int stop = stop(path, place);
      if (s < segments.size() && segments.get(s).kind() == Segment.Kind.REST) {
        rest = s++;
        resume = place;
      } else if (s < segments.size() && describes(segments.get(s), path, place, stop)) {
        s++;
        place = stop + 1;
      } else if (rest >= 0) {
        s = rest + 1;
        resume = stop(path, resume) + 1;
        place = resume;
      } else {
        return false;
      }
    }
    return s == segments.size()
        || (s == segments.size() - 1 && segments.get(s).kind() == Segment.Kind.REST);
  }

  private static int stop(String path, int place) {
    int slash = path.indexOf('/', place);
    return slash < 0 ? path.length() : slash;
  }

  private static boolean describes(Segment segment, String path, int place, int stop) {
    return switch (segment.kind()) {
      case LITERAL ->
        segment.text().length() == stop - place && path.startsWith(segment.text(), place);
      case PARTIAL -> Wildcard.matches(segment.text(), path, place, stop);
      case ANY -> stop > place;
      case REST -> throw new IllegalStateException("any number of segments is not one segment");
    };
  }
}
