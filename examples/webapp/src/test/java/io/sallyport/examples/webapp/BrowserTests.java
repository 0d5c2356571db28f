package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages of this application and of other sites can do in a real browser. */
abstract class BrowserTests {

  private static final Pattern TOKEN = Pattern.compile("\"value\":\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Tries what a page of another site may try with a token, and reports what came of it. */
  private static final String CONSOLE = """
      <!doctype html><title>console</title><script>
      const [app, token] = location.hash.substring(1).split(',');
      const report = (name, value) => fetch('/report?' + name + '=' + encodeURIComponent(value));
      const attempt = async (name, init) => {
        try {
          const answer = await fetch(app + '/act', init);
          report(name, answer.status + ' ' + await answer.text()
              + ' ' + (answer.headers.get('Sallyport-Decision') === null ? 'hidden' : 'exposed'));
        } catch (e) {
          report(name, 'refused by the browser');
        }
      };
      (async () => {
        const bearer = {Authorization: 'Bearer ' + token};
        await attempt('get', {headers: bearer});
        await attempt('post', {method: 'POST', headers: bearer});
        await attempt('put', {method: 'PUT', headers: bearer});
        await attempt('nobody', {});
        await attempt('field', {headers: {...bearer, 'X-Unlisted': '1'}});
        report('end', 'yes');
      })();
      </script>
      """;

  /** Sends what the application's own pages send, and goes on to a page of another site. */
  private static final String OWN = """
      <!doctype html><title>own</title><script>
      const report = (name, value) =>
        fetch('%1$s/report?' + name + '=' + encodeURIComponent(value), {mode: 'no-cors'});
      (async () => {
        const answer = await fetch(location.origin + '/app/act', {method: 'POST'});
        await report('own', answer.status + ' ' + await answer.text());
        await new Promise(done => {
          const socket = new WebSocket('ws://' + location.host + '/app/echo');
          socket.onopen = () => socket.send('hello');
          socket.onmessage = message => report('own-socket', message.data).then(done);
          socket.onerror = () => report('own-socket', 'refused').then(done);
        });
        location = '%1$s/evil.html';
      })();
      </script>
      """;

  /** Makes the browser send a form and open a web socket, with what it knows of its user. */
  private static final String EVIL = """
      <!doctype html><title>evil</title>
      <form method="post" action="%1$s/act"><input name="amount" value="1000"></form><script>
      const report = (name, value) => fetch('/report?' + name + '=' + encodeURIComponent(value));
      const socket = new WebSocket('%1$s/echo'.replace('http', 'ws'));
      const goOn = async value => {
        await report('evil-socket', value);
        document.forms[0].submit();
      };
      socket.onopen = () => goOn('open');
      socket.onerror = () => goOn('refused');
      </script>
      """;

  @TempDir
  Path folder;

  abstract Container container();

  private URI deploy(Container container, String cors) throws Exception {
    WebappFolder webapp = WebappFolder.copyTo(folder.resolve("webapp"))
        .webXml("")
        .with(ActServlet.class)
        .securityYaml("""
            version: 1
            userstore:
              implementation: file
              properties:
            %s
            authentication_providers:
              - {name: password, implementation: password}
              - {name: token, implementation: token, properties: {secret_key: "${env:EXAMPLE_TOKEN_KEY}"}}
            token_generator:
              {implementation: token, properties: {secret_key: "${env:EXAMPLE_TOKEN_KEY}"}}
            endpoints: {tokens: /tokens}
            authorization: none
            audit: {file: "%s"}
            %s
            """.formatted(TestUsers.yaml("    "), audit(), cors));
    return container.deploy(webapp.path());
  }

  private Path audit() {
    return folder.resolve("audit.log");
  }

  private List<String> decisionsAbout(String path) throws Exception {
    try (var lines = Files.lines(audit())) {
      return lines.filter(line -> line.contains("\"path\":\"" + path + "\"")).toList();
    }
  }

  private static String token(URI app) throws Exception {
    HttpResponse<String> answer = new Browser(app).post("/tokens", BOB);
    Matcher value = TOKEN.matcher(answer.body());
    assertThat(value.find()).as(answer.body()).isTrue();
    return value.group(1);
  }

  @Test
  void letsAPageOfAListedOriginUseAToken() throws Exception {
    try (Container container = container();
        PageServer listed = new PageServer().page("/console.html", CONSOLE)) {
      URI app = deploy(container, """
          cors: {origins: ['%s'], methods: [POST], headers: [Authorization], expose: [Sallyport-Decision]}
          """.formatted(listed.origin()));

      try (Chromium browser =
          Chromium.open(listed.origin() + "/console.html#" + app + "," + token(app), folder)) {
        assertThat(listed.reported("get")).isEqualTo("200 GET for bob hidden");
        assertThat(listed.reported("post")).isEqualTo("200 POST for bob hidden");
        assertThat(listed.reported("put")).isEqualTo("refused by the browser");
        assertThat(listed.reported("nobody")).startsWith("401 ").endsWith(" exposed");
        assertThat(listed.reported("field")).isEqualTo("refused by the browser");
        assertThat(listed.reported("end")).isEqualTo("yes");
        assertThat(browser.isRunning()).isTrue();
      }
      assertThat(decisionsAbout("/act")).noneMatch(line -> line.contains("\"method\":\"PUT\""));
    }
  }

  @Test
  void letsNoPageOfAnotherOriginUseAToken() throws Exception {
    try (Container container = container();
        PageServer unlisted = new PageServer().page("/console.html", CONSOLE)) {
      URI app = deploy(container, """
          cors: {origins: ['https://console.example.org'], methods: [POST], headers: [Authorization]}
          """);

      try (Chromium browser =
          Chromium.open(unlisted.origin() + "/console.html#" + app + "," + token(app), folder)) {
        for (String attempt : List.of("get", "post", "put", "nobody", "field")) {
          assertThat(unlisted.reported(attempt)).as(attempt).isEqualTo("refused by the browser");
        }
        assertThat(unlisted.reported("end")).isEqualTo("yes");
        assertThat(browser.isRunning()).isTrue();
      }
      assertThat(decisionsAbout("/act"))
          .noneMatch(line -> line.contains("\"outcome\":\"allowed\""));
    }
  }

  @Test
  void refusesWhatAPageOfAnotherSiteMakesABrowserSendThatKnowsAPassword() throws Exception {
    try (Container container = container();
        PageServer other = new PageServer()) {
      URI app = deploy(container, "");
      Files.writeString(folder.resolve("webapp/own.html"), OWN.formatted(other.origin()));
      other.page("/evil.html", EVIL.formatted(app));
      String signedIn = app.toString().replace("://", "://bob:" + BOB.password() + "@");

      try (Chromium browser = Chromium.open(signedIn + "/own.html", folder)) {
        assertThat(other.reported("own")).isEqualTo("200 POST for bob");
        assertThat(other.reported("own-socket")).isEqualTo("hello");
        assertThat(other.reported("evil-socket")).isEqualTo("refused");
        waitFor("/act", "by Sec-Fetch-Site");
        assertThat(browser.isRunning()).isTrue();
      }
      assertThat(decisionsAbout("/act"))
          .filteredOn(
              line -> line.contains("\"user\":\"bob\"") && line.contains("\"method\":\"POST\""))
          .hasSize(2)
          .satisfiesExactly(
              own -> assertThat(own).contains("\"outcome\":\"allowed\""),
              evil -> assertThat(evil).contains("\"outcome\":\"forbidden\"", "\"status\":403"));
      assertThat(decisionsAbout("/echo"))
          .filteredOn(line -> line.contains("\"outcome\":\"allowed\""))
          .hasSize(1);
    }
  }

  private void waitFor(String path, String text) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (decisionsAbout(path).stream().noneMatch(line -> line.contains(text))) {
      assertThat(System.nanoTime())
          .as("a decision about " + path + " with " + text)
          .isLessThan(end);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
