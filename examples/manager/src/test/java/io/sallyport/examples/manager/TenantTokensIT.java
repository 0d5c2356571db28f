package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static io.sallyport.examples.manager.Client.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are good in some tenants, or for some endpoints, only. */
class TenantTokensIT {

  private static final String NORA = ConfigurationFolder.hash("nora's password");

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;

  /** nora reads everywhere, may delete in blue, and is in green without any role. */
  private ManagerServer start(String rules, String authorization) throws Exception {
    folder = ConfigurationFolder.withTokensIn(parent);
    folder.configure("version: 1\n", "version: 1\ntenants: {header: Tenant}\n" + rules);
    folder.configure(
        "authorization: {implementation: roles, properties: {path: roles.yaml}}\n", authorization);
    folder.write(
        "users.yaml",
        ("users:\n  - {username: nora, password: \"%s\", roles: [viewer],"
                + " tenants: {blue: [administrator], green: []}}\n")
            .formatted(NORA));
    return folder.start(Container.Kind.TOMCAT);
  }

  private ManagerServer start() throws Exception {
    return start("", "authorization: {implementation: roles, properties: {path: roles.yaml}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/api-tokens"})
  void oneForATenantActsInItWithoutNamingIt(String endpoint) throws Exception {
    try (ManagerServer server = start()) {
      Client client = Client.of(server.url());
      String token = make(client, endpoint, "{\"tenants\":[\"blue\"]}");

      assertThat(deletes(client, "Authorization", "Bearer " + token)).isEqualTo(404);
      assertThat(deletes(client, "Authorization", "Bearer " + token, "Tenant", "blue"))
          .isEqualTo(404);
      assertThat(deletes(client, "Authorization", basic("nora"))).isEqualTo(403);
      assertThat(deletes(client, "Authorization", basic("nora"), "Tenant", "blue"))
          .isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/api-tokens"})
  void oneForATenantIsRefusedInAnother(String endpoint) throws Exception {
    try (ManagerServer server = start()) {
      Client client = Client.of(server.url());
      String token = make(client, endpoint, "{\"tenants\":[\"blue\"]}");

      assertThat(reads(client, "Authorization", "Bearer " + token, "Tenant", "green"))
          .isEqualTo(403);
      assertThat(reads(client, "Authorization", "Bearer " + token, "Tenant", "nobody_s"))
          .isEqualTo(403);
      assertThat(reads(client, "Authorization", basic("nora"), "Tenant", "green"))
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/api-tokens"})
  void oneForSeveralTenantsHasNoRoleWhereNoneIsNamed(String endpoint) throws Exception {
    try (ManagerServer server = start()) {
      Client client = Client.of(server.url());
      String token = make(client, endpoint, "{\"tenants\":[\"blue\",\"green\"]}");

      assertThat(reads(client, "Authorization", "Bearer " + token)).isEqualTo(403);
      assertThat(deletes(client, "Authorization", "Bearer " + token)).isEqualTo(403);
      assertThat(deletes(client, "Authorization", "Bearer " + token, "Tenant", "blue"))
          .isEqualTo(404);
      assertThat(deletes(client, "Authorization", "Bearer " + token, "Tenant", "green"))
          .isEqualTo(403);
    }
  }

  @Test
  void nobodyGetsOneForATenantThatIsNotTheirs() throws Exception {
    try (ManagerServer server = start()) {
      HttpResponse<String> answer = Client.of(server.url())
          .postJson("/api-tokens", "{\"tenants\":[\"red\"]}", "Authorization", basic("nora"));

      assertThat(answer.statusCode()).isIn(400, 403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/api-tokens"})
  void whatATokenIsGoodForCountsAlsoWhereNothingElseDecides(String endpoint) throws Exception {
    try (ManagerServer server = start("", "authorization: none\n")) {
      Client client = Client.of(server.url());
      String status = make(client, endpoint, "{\"endpoints\":[\"GET /status\"]}");
      String blue = make(client, endpoint, "{\"tenants\":[\"blue\"]}");

      assertThat(client.get("/status", "Authorization", "Bearer " + status).statusCode())
          .isEqualTo(200);
      assertThat(reads(client, "Authorization", "Bearer " + status)).isEqualTo(403);
      assertThat(deletes(client, "Authorization", "Bearer " + status)).isEqualTo(403);
      assertThat(client
              .send("OPTIONS", "/status", "Authorization", "Bearer " + status)
              .statusCode())
          .isEqualTo(403);
      assertThat(reads(client, "Authorization", "Bearer " + blue, "Tenant", "green"))
          .isEqualTo(403);
      assertThat(reads(client, "Authorization", "Bearer " + blue)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokens", "/api-tokens"})
  void rolesThatATokenLacksDoNotCountForARule(String endpoint) throws Exception {
    String rules = """
        rules:
          - {path: /blueprints/**, methods: [DELETE], roles: [administrator]}
          - {path: /**, access: authenticated}
        """;
    try (ManagerServer server = start(rules, "authorization: none\n")) {
      Client client = Client.of(server.url());
      String viewer = make(client, endpoint, "{\"roles\":[\"viewer\"]}");

      assertThat(reads(client, "Authorization", "Bearer " + viewer, "Tenant", "blue"))
          .isEqualTo(200);
      assertThat(deletes(client, "Authorization", "Bearer " + viewer, "Tenant", "blue"))
          .isEqualTo(403);
      assertThat(deletes(client, "Authorization", basic("nora"), "Tenant", "blue"))
          .isEqualTo(404);
    }
  }

  private static String make(Client client, String endpoint, String wish) throws Exception {
    return member(client.postJson(endpoint, wish, "Authorization", basic("nora")), "value");
  }

  private static int reads(Client client, String... headers) throws Exception {
    return client.get("/blueprints", headers).statusCode();
  }

  private static int deletes(Client client, String... headers) throws Exception {
    return client.send("DELETE", "/blueprints/none", headers).statusCode();
  }
}
