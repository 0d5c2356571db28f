package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.h2.server.web.JakartaWebServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of H2, a servlet that is not ours, behind the filter by {@code web.xml} alone. */
final class H2ConsoleIT {

  private final Container container = new TomcatContainer();
  private Browser browser;

  @BeforeEach
  void deploy(@TempDir Path folder) throws Exception {
    WebappFolder webapp = WebappFolder.copyTo(folder.resolve("webapp"))
        .webXml(WebappFolder.filter("sallyport"), """
                <servlet>
                  <servlet-name>console</servlet-name>
                  <servlet-class>%s</servlet-class>
                </servlet>
                <servlet-mapping>
                  <servlet-name>console</servlet-name>
                  <url-pattern>/console/*</url-pattern>
                </servlet-mapping>
                """.formatted(JakartaWebServlet.class.getName()))
        .securityYaml(WebappFolder.configuration("path: /console/**, roles: [reader]"));
    browser = new Browser(container.deploy(webapp.path()));
  }

  @AfterEach
  void stop() {
    container.close();
  }

  @Test
  void asksForCredentialsBeforeTheConsole() throws Exception {
    HttpResponse<String> answer = browser.get("/console/login.jsp");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(answer.body()).doesNotContain("H2");
  }

  @Test
  void showsTheConsoleToWhoHasThem() throws Exception {
    HttpResponse<String> answer = browser.get("/console/login.jsp", BOB);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("H2 Console");
  }

  @Test
  void refusesTheConsoleToOtherRoles() throws Exception {
    HttpResponse<String> answer = browser.get("/console/login.jsp", TestUsers.ALICE);

    assertThat(answer.statusCode()).isEqualTo(403);
  }
}
