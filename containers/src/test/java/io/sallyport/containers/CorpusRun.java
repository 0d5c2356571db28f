package io.sallyport.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One run of the corpus against one host. */
final class CorpusRun {

  private static final String LINE_START = "(?:^|[\\r\\n\\x{85}\\x{2028}\\x{2029}])";

  private final Corpus corpus;
  private final HostFolder folder;
  private final Path profile;

  private CorpusRun(Corpus corpus, HostFolder folder, Path profile) {
    this.corpus = corpus;
    this.folder = folder;
    this.profile = profile;
  }

  /** Sends the cases to a host behind Sallyport, and looks into both of its logs. */
  static List<CorpusCase> secured(Corpus corpus, Container container, Mode mode, HostFolder folder)
      throws IOException, InterruptedException {
    CorpusRun run = prepare(corpus, "profile.json", container, mode, folder);
    try (HostProcess host = HostProcess.secured(container, mode, folder)) {
      return run.send(host, List.of("--log", folder.auditLog().toString()));
    }
  }

  /** Sends the cases to a host without any security. */
  static List<CorpusCase> open(Corpus corpus, Container container, Mode mode, HostFolder folder)
      throws IOException, InterruptedException {
    CorpusRun run = prepare(corpus, "open-profile.json", container, mode, folder);
    try (HostProcess host = HostProcess.open(container, mode, folder)) {
      return run.send(host, List.of());
    }
  }

  private static CorpusRun prepare(
      Corpus corpus, String profile, Container container, Mode mode, HostFolder folder)
      throws IOException, InterruptedException {
    Python.require();
    String name = container + "-" + mode;
    return new CorpusRun(corpus, folder, folder.writeProfile(profile, name, mode.contextPath()));
  }

  private List<CorpusCase> send(HostProcess host, List<String> more)
      throws IOException, InterruptedException {
    Path results = folder.path().resolve("results.jsonl");
    Path output = folder.path().resolve("run.txt");
    List<String> arguments = new ArrayList<>(List.of(
        Corpus.runner().toString(),
        "127.0.0.1",
        Integer.toString(host.port()),
        profile.toString(),
        "--corpus",
        corpus.file().toString(),
        "--json",
        results.toString(),
        "--jobs",
        "2"));
    arguments.addAll(more);
    int exitCode = Python.run(arguments, output);
    if (exitCode > 1 || !Files.exists(results)) {
      throw new IllegalStateException("the runner failed: " + Files.readString(output));
    }
    return JsonLines.read(results).stream().map(CorpusRun::result).toList();
  }

  private static CorpusCase result(Map<String, String> line) {
    return new CorpusCase(
        line.get("id"), line.get("group"), line.get("level"), line.get("result"), line.get("note"));
  }

  /** The markers of the corpus that begin a line of a log. */
  static List<String> forgedLines(Corpus corpus, Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), UTF_8);
    return corpus.logMarkers().stream()
        .filter(marker ->
            Pattern.compile(LINE_START + Pattern.quote(marker)).matcher(text).find())
        .toList();
  }
}
