package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletMatchTest {

  private record Mapping(MappingMatch getMappingMatch, String getPattern)
      implements HttpServletMapping {

    @Override
    public String getMatchValue() {
      return "";
    }

    @Override
    public String getServletName() {
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "EXACT,        /a,    /a,      -,    true",
        "EXACT,        /a,    /a,      '',   true",
        "EXACT,        /a,    /a,      /b,   false",
        "EXACT,        /a,    /a/,     -,    false",
        "EXACT,        /a,    /b,      -,    false",
        "EXACT,        /a,    -,       /a,   false",
        "EXACT,        '',    /b,      -,    true",
        "PATH,         /a/*,  /a,      -,    true",
        "PATH,         /a/*,  /a,      /,    true",
        "PATH,         /a/*,  /a,      /b/c, true",
        "PATH,         /a/*,  /a,      b,    false",
        "PATH,         /a/*,  /a/b,    -,    false",
        "PATH,         /a/*,  /b,      /a,   false",
        "PATH,         /a/*,  '',      /a,   false",
        "PATH,         /a/*,  /A,      /b,   false",
        "PATH,         /*,    '',      /a,   true",
        "PATH,         /*,    -,       -,    true",
        "PATH,         /*,    /a,      -,    false",
        "PATH,         /a,    /a,      /b,   false",
        "PATH,         a,     '',      /b,   false",
        "PATH,         '',    /b,      /c,   true",
        "EXTENSION,    *.do,  /a.do,   -,    true",
        "EXTENSION,    *.do,  /a/b.do, -,    true",
        "EXTENSION,    *.do,  /.do,    -,    true",
        "EXTENSION,    *.do,  /a.do,   /b,   false",
        "EXTENSION,    *.do,  /a.dox,  -,    false",
        "EXTENSION,    *.do,  /a.DO,   -,    false",
        "EXTENSION,    *.do,  .do,     -,    false",
        "EXTENSION,    *.d/o, /a.d/o,  -,    false",
        "EXTENSION,    .do,   /a.do,   -,    false",
        "EXTENSION,    *,     /a.do,   -,    false",
        "EXTENSION,    '',    /a,      /b,   true",
        "DEFAULT,      /,     /a/b,    -,    true",
        "DEFAULT,      /,     /,       -,    true",
        "DEFAULT,      /,     /a,      /b,   false",
        "CONTEXT_ROOT, '',    '',      /,    true",
        "CONTEXT_ROOT, '',    '',      -,    true",
        "CONTEXT_ROOT, '',    -,       /,    true",
        "CONTEXT_ROOT, '',    /,       -,    true",
        "CONTEXT_ROOT, '',    /,       /,    false",
        "CONTEXT_ROOT, '',    /a,      -,    false",
        "CONTEXT_ROOT, '',    '',      /a,   false",
        "-,            /a,    /b,      /c,   true",
        "EXACT,        -,     /b,      /c,   true",
      })
  void knowsWhichPathsAMappingLeadsTo(
      MappingMatch kind, String pattern, String servletPath, String pathInfo, boolean possible) {
    assertThat(ServletMatch.isPossible(new Mapping(kind, pattern), servletPath, pathInfo))
        .isEqualTo(possible);
  }

  @Test
  void takesAnyPathWhereTheContainerNamesNoMapping() {
    assertThat(ServletMatch.isPossible(null, "/a", "/b")).isTrue();
  }
}
