package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the header fields of a decision on the answer, and keeps them there together with those of the
 * application.
 */
public final class AnswerFields {

  private static final String VARY = "Vary";

  /** What browsers want once; an application that adds its own means it instead of ours. */
  private static final List<String> ONCE =
      List.of("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials");

  private AnswerFields() {}

  /** Writes the fields of a decision. Done twice, it is the same. */
  public static void write(Decision decision, HttpServletResponse response) {
    for (Map.Entry<String, String> field : decision.headers().entrySet()) {
      if (field.getKey().equals(VARY)) {
        vary(response, field.getValue());
      } else {
        response.setHeader(field.getKey(), field.getValue());
      }
    }
  }

  /** The response for the application: it may say more, and what it says holds. */
  public static HttpServletResponse keep(Decision decision, HttpServletResponse response) {
    return decision.headers().isEmpty() ? response : new Kept(response, decision);
  }

  /** Adds what the answer depends on to what it depends on already. */
  private static void vary(HttpServletResponse response, String names) {
    Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : response.getHeaders(VARY)) {
      there.addAll(Arrays.asList(line.trim().split("\\s*,\\s*")));
    }
    if (!there.contains("*") && !there.containsAll(Arrays.asList(names.split(", ")))) {
      response.addHeader(VARY, names);
    }
  }

  private static final class Kept extends HttpServletResponseWrapper {

    private final HttpServletResponse response;
    private final Decision decision;

    Kept(HttpServletResponse response, Decision decision) {
      super(response);
      this.response = response;
      this.decision = decision;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
      super.setHeader(name, value);
      String names = decision.headers().get(VARY);
      if (VARY.equalsIgnoreCase(name) && names != null) {
        vary(response, names);
      }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
      if (ONCE.stream().anyMatch(ours -> ours.equalsIgnoreCase(name) && isOurs(ours))) {
        super.setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }

    private boolean isOurs(String name) {
      return decision.headers().containsKey(name);
    }

    /** The decision is not undone by it. */
    @Override
    public void reset() {
      super.reset();
      write(decision, response);
    }
  }
}
