package io.sallyport.core.internal.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects everything that is wrong with a configuration, so that it can be reported at once. The same
 * problem counts once; beyond a bound, problems are only counted.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class Problems {

  private static final int MAX_KEPT = 100;
  private static final int MAX_SUBJECT_COLUMN = 50;

  private final Set<Problem> kept = new LinkedHashSet<>();
  private final boolean silent;
  private long more;

  /** Starts without problems. */
  public Problems() {
    this(false);
  }

  private Problems(boolean silent) {
    this.silent = silent;
  }

  /** Takes no notice: for what stands in for a document that could not be read at all. */
  static Problems ignored() {
    return new Problems(true);
  }

  /**
   * Notes a problem.
   *
   * @param problem the problem
   */
  public void add(Problem problem) {
    if (silent || kept.contains(problem)) {
      return;
    }
    if (kept.size() < MAX_KEPT) {
      kept.add(problem);
    } else {
      more++;
    }
  }

  /**
   * Notes a problem without a value to show.
   *
   * @param file the file as it was named
   * @param line the line, 0 if it concerns none
   * @param key the path of keys, empty if it concerns none
   * @param text what is wrong, and what to do
   */
  public void add(String file, int line, String key, String text) {
    add(new Problem(file, line, key, null, text));
  }

  /**
   * Notes all problems of another collection.
   *
   * @param others the other collection
   */
  public void addAll(Problems others) {
    others.kept.forEach(this::add);
    more += others.more;
  }

  /**
   * Whether nothing is wrong.
   *
   * @return true if there is no problem
   */
  public boolean isEmpty() {
    return kept.isEmpty();
  }

  /**
   * How many problems there are, those beyond the bound included.
   *
   * @return their number
   */
  public long count() {
    return kept.size() + more;
  }

  /**
   * The problems in the order in which they were found; the first hundred of them.
   *
   * @return a copy
   */
  public List<Problem> list() {
    return List.copyOf(kept);
  }

  /**
   * All problems as text: a line that says how many there are and what follows from it, then one aligned
   * line for each. Problems of several files are grouped by file, and those of a file go by its lines.
   *
   * @param head what follows from the problems, such as {@code the application was not started}
   * @return lines without a line break at the end
   */
  public String render(String head) {
    List<String> lines = new ArrayList<>();
    var byFile = kept.stream()
        .collect(Collectors.groupingBy(
            Problem::file, java.util.LinkedHashMap::new, Collectors.toList()));
    if (byFile.size() == 1) {
      lines.add(byFile.keySet().iterator().next() + ": " + number() + ", " + head);
    } else {
      lines.add(number() + ", " + head);
    }
    byFile.forEach((file, problems) -> {
      if (byFile.size() > 1) {
        lines.add(file + ":");
      }
      appendAligned(
          lines,
          problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList());
    });
    if (more > 0) {
      lines.add("  and " + more + " more");
    }
    return String.join("\n", lines);
  }

  private String number() {
    return count() == 1 ? "1 problem" : count() + " problems";
  }

  private static void appendAligned(List<String> lines, List<Problem> problems) {
    int lineWidth = widest(problems.stream().map(Problems::place).toList(), Integer.MAX_VALUE);
    int subjectWidth = widest(problems.stream().map(Problem::subject).toList(), MAX_SUBJECT_COLUMN);
    for (Problem problem : problems) {
      var line = new StringBuilder(" ");
      appendColumn(line, place(problem), lineWidth);
      appendColumn(line, problem.subject(), subjectWidth);
      line.append(' ');
      String indented = problem.text().replace("\n", "\n" + " ".repeat(line.length()));
      lines.add(line.append(indented).toString());
    }
  }

  private static String place(Problem problem) {
    return problem.line() > 0 ? "line " + problem.line() : "";
  }

  private static int widest(List<String> column, int limit) {
    return column.stream()
        .mapToInt(String::length)
        .filter(n -> n <= limit)
        .max()
        .orElse(0);
  }

  private static void appendColumn(StringBuilder line, String text, int width) {
    if (width > 0 || !text.isEmpty()) {
      line.append(' ')
          .append(text)
          .append(" ".repeat(Math.max(0, width - text.length())))
          .append(' ');
    }
  }
}
