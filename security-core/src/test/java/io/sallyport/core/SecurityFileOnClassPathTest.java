package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Profile;
import io.sallyport.api.Secret;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.AuthorizationProviderFactory;
import io.sallyport.spi.UserstoreFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityFileOnClassPathTest {

  private static final String SOUND = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user', 'bob:admin,user']}}
      authentication_providers:
        - {name: caller, implementation: named}
      authorization: none
      """;

  @TempDir
  Path folder;

  private Sallyport load(String yaml) throws IOException {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, yaml);
    return Sallyport.load(file);
  }

  private String problemsOf(String yaml) {
    try (Sallyport opened = load(yaml)) {
      return "opened " + opened;
    } catch (InvalidConfigurationException e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void opensASoundConfiguration() throws IOException {
    try (Sallyport sallyport = load(SOUND)) {
      assertThat(sallyport.profile()).isEqualTo(Profile.STANDARD);
      assertThat(sallyport.tokenGenerator()).isEmpty();
      assertThat(sallyport.tokenPaths()).isEmpty();
      assertThat(sallyport.sslContext()).isEmpty();
      assertThat(sallyport.brokenFiles()).isEmpty();
      assertThat(sallyport.summary()).contains("profile standard", "[main]", "[caller]");
    }
  }

  @Test
  void opensAConfigurationThatSaysEverything() throws IOException {
    Files.writeString(folder.resolve("roles.yaml"), "admin: {allow: {'*': ['*']}}\n");

    try (Sallyport sallyport = load("""
            version: 1
            enabled: true
            profile: cloudify-4
            request_timeout: 5s
            path_parameters: [jsessionid]
            tenants: {header: X-Tenant}
            userstores:
              - {name: one, implementation: listed, timeout: 2s, max_concurrent: 5, properties: {users: ['a:x']}}
              - {name: two, implementation: listed, properties: {users: ['b:x']}}
            authentication_providers:
              - {name: first, implementation: named, on_failure: next, on_unavailable: next, userstores: [two]}
              - name: second
                implementation: io.sallyport.core.testparts.NamedCaller
                users: external
                properties: {header: X-Other}
            token_generator: {implementation: numbered}
            endpoints: {tokens: [/tokens, /api/tokens]}
            authorization: {implementation: roles, properties: {path: roles.yaml}}
            permissions: {read: [admin, user], write: [admin]}
            open_endpoints: [GET /version, 'GET,POST /public/**']
            rules:
              - {path: /open, access: open}
              - {path: '/{name}', access: authenticated, methods: [GET, PUT]}
              - {path: /closed/**, access: deny}
              - {path: /admin/**, roles: [admin]}
              - {path: /data/**, permission: read, tenant_required: true}
              - {path: /data/**, permission: write, methods: [DELETE]}
            audit: {file: audit.log, level: debug, max_file_size_mb: 0.5, backup_count: 2}
            """)) {
      assertThat(sallyport.tokenPaths()).containsExactly("/tokens", "/api/tokens");
      assertThat(sallyport.tokenGenerator()).isPresent();
      assertThat(sallyport.summary()).contains("cloudify-4", "[one, two]", "6 rules", "tokens at");
      assertThat(folder.resolve("audit.log")).exists();
    }
  }

  @Test
  void reportsAllProblemsAtOnceWithLineKeyAndRemedy() {
    String problems = problemsOf("""
            version: 2
            profile: standart
            userstore: {implementation: fiel}
            userstores: []
            authentication_providers:
              - {name: caller, implementation: named, userstores: [mian], on_failure: maybe}
              - {name: token, implementation: token}
            endpoints: {tokens: tokens}
            authorization: nothing
            open_endpoints: [/version]
            rules:
              - {path: no-slash, access: open}
              - {path: /x, access: open, roles: [a]}
              - {path: /y, permission: read}
              - {path: /z, roles: []}
              - {path: /m, access: deny, methods: [get]}
            ssl: {enabled: true}
            audit: {file: audit.log, levle: info}
            tenant: {}
            """);

    assertThat(problems)
        .contains("security.yaml")
        .contains("the application was not started")
        .contains("version = \"2\"")
        .doesNotContain("1 to 1")
        .contains("profile = \"standart\"", "did you mean \"standard\"?")
        .contains("userstore.implementation = \"fiel\"", "userstores")
        .contains("did you mean")
        .contains("authentication_providers.1.userstores")
        .contains("on_failure = \"maybe\"")
        .contains("io.sallyport:sallyport-authprovider-token")
        .contains("endpoints.tokens", "expected a path such as /tokens")
        .contains("authorization = \"nothing\"")
        .contains("open_endpoints")
        .contains("rules.1.path = \"no-slash\"")
        .contains("rules.2", "exactly one of access")
        .contains("rules.3.permission = \"read\"")
        .contains("rules.4.roles")
        .contains("rules.5.methods")
        .contains("SSL is enabled => certificate path must be provided")
        .contains("SSL is enabled => private key path must be provided")
        .contains("audit.levle", "did you mean \"level\"?")
        .contains("tenant", "did you mean \"tenants\"?");
  }

  @Test
  void refusesAMissingOrEmptyFileOnceAndClearly() {
    assertThatThrownBy(() -> Sallyport.load(folder.resolve("nowhere.yaml")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("1 problem")
        .hasMessageContaining("nowhere.yaml");
    assertThat(problemsOf("")).contains("1 problem");
  }

  @Test
  void refusesAFileWithoutVersion() {
    assertThat(problemsOf(SOUND.replace("version: 1\n", ""))).contains("expected version: 1");
  }

  @Test
  void refusesToStartWithoutAProviderAndWithoutAuthorization() {
    String problems = problemsOf("version: 1\n");

    assertThat(problems).contains("no authentication provider").contains("authorization: none");
  }

  @Test
  void readsWhatPagesOfOtherOriginsMay() throws IOException {
    try (Sallyport sallyport = load(SOUND + """
            cors:
              origins: [https://console.example.org, 'http://localhost:3000']
              methods: [PUT, DELETE]
              headers: [Authorization, Content-Type]
              expose: [Sallyport-Decision]
              max_age: 24h
              credentials: true
            """)) {
      assertThat(sallyport.summary())
          .contains("cors for [http://localhost:3000, https://console.example.org]");
    }
    try (Sallyport sallyport = load(SOUND + "cors: {origins: '*', max_age: 0s}\n")) {
      assertThat(sallyport.summary()).contains("cors for *");
    }
  }

  @Test
  void listsAllProblemsOfWhatPagesOfOtherOriginsMay() {
    assertThat(problemsOf(SOUND + """
                cors:
                  origins: [https://console.example.org/]
                  methods: [put]
                  headers: ['*']
                  expose: ['a b']
                  max_age: 25h
                  credentials: maybe
                  orgins: []
                """))
        .contains("7 problems")
        .contains("cors.origins", "no path", "got \"https://console.example.org/\"")
        .contains("cors.methods", "write PUT")
        .contains("cors.headers", "got \"*\"")
        .contains("cors.expose", "got \"a b\"")
        .contains("cors.max_age = \"25h\"")
        .contains("cors.credentials = \"maybe\"")
        .contains("cors.orgins", "unknown key");
    assertThat(problemsOf(SOUND + "cors: {}\n")).contains("expected at least one origin");
    assertThat(problemsOf(SOUND + "cors: {origins: '*', credentials: true}\n"))
        .contains("1 problem", "cors.credentials", "origins by name");
  }

  @Test
  void refusesTwoPartsOfOneName() {
    assertThat(problemsOf("""
                version: 1
                userstores:
                  - {name: a, implementation: listed, properties: {users: ['a:x']}}
                  - {name: a, implementation: listed, properties: {users: ['b:x']}}
                authentication_providers:
                  - {name: p, implementation: named}
                  - {name: p, implementation: named}
                authorization: none
                """))
        .contains("two userstores are called \"a\"")
        .contains("two authentication providers are called \"p\"");
  }

  @Test
  void refusesUserstoreAndUserstoresTogether() {
    assertThat(problemsOf(
            SOUND + "userstores: [{name: b, implementation: listed, properties: {users: []}}]\n"))
        .contains("either userstore or userstores");
  }

  @Test
  void refusesRulesOfWhichNeitherIsMoreSpecific() {
    assertThat(problemsOf(SOUND + """
                      open_endpoints: [GET /x]
                      rules: [{path: /x, access: deny, methods: [GET]}]
                      """)).contains("neither is more specific");
  }

  @Test
  void refusesATokensEndpointWithoutAGeneratorExceptWhereOldClientsExpectAnAnswer()
      throws IOException {
    String endpoint = SOUND + "endpoints: {tokens: /tokens}\n";

    assertThat(problemsOf(endpoint)).contains("nothing makes tokens");
    try (Sallyport sallyport = load(endpoint + "profile: cloudify-3\n")) {
      assertThat(sallyport.tokenGenerator()).isEmpty();
    }
  }

  @Test
  void namesAPartThatFailsAndDoesNotStart() {
    assertThat(problemsOf(SOUND.replace(
            "implementation: named", "implementation: named, properties: {broken: true}")))
        .contains("NamedCaller failed with java.lang.IllegalStateException");
  }

  @Test
  void namesTheClassThatIsLackingAndDoesNotCallUnreadKeysUnknown() {
    String problems = problemsOf(SOUND.replace(
        "implementation: named",
        "implementation: named, properties: {unlinked: true, late: true}"));

    assertThat(problems)
        .contains("1 problem,")
        .contains("failed with java.lang.NoClassDefFoundError (some/lacking/Type)");
  }

  @Test
  void aUserstoreThatCannotBeMadeIsNotCalledMissing() {
    String problems = problemsOf(SOUND
        .replace("implementation: listed", "implementation: lister")
        .replace("implementation: named", "implementation: named, userstores: [main]"));

    assertThat(problems).contains("1 problem,").contains("userstore.implementation = \"lister\"");
  }

  @Test
  void anUnusableCertificateIsAProblemOfItsSection() {
    assertThat(problemsOf(
            SOUND + "ssl: {enabled: true, certificate_path: c.pem, private_key_path: k.pem}\n"))
        .contains("ssl")
        .contains("does not exist");
  }

  @Test
  void everyFileOfTheSslSectionThatIsMissingIsTold() {
    assertThat(
            problemsOf(
                SOUND
                    + "ssl: {enabled: true, certificate_path: c.pem, private_key_path: k.pem, client_ca_path: a.pem}\n"))
        .contains("The certificate path [" + folder.resolve("c.pem") + "] does not exist")
        .contains("The private key path [" + folder.resolve("k.pem") + "] does not exist")
        .contains("The client CA path [" + folder.resolve("a.pem") + "] does not exist");
  }

  @Test
  void aSwitchedOffSslSectionIsKeptAsItIs() throws IOException {
    try (Sallyport sallyport = load(
        SOUND
            + "ssl: {enabled: false, certificate_path: '', private_key_path: '', client_ca_path: ''}\n")) {
      assertThat(sallyport.sslContext()).isEmpty();
    }
  }

  @Test
  void switchedOffSecurityIgnoresAllOtherKeysAndSaysSo() throws IOException {
    try (Sallyport sallyport = load("version: 1\nenabled: false\nuserstore: {nonsense: 1}\n")) {
      assertThat(sallyport.summary()).contains("SWITCHED OFF");
    }
  }

  @Test
  void closingTwiceDoesNothing() throws IOException {
    Sallyport sallyport = load(SOUND);

    sallyport.close();
    sallyport.close();

    assertThat(sallyport.toString()).contains("standard");
  }

  @Test
  void takesTheAuditKeysOfTheFirstGenerationInBothOfTheirSpellings() throws IOException {
    String keys = """
        audit_log_file: logs/rest-security-audit.log
        audit_log_level: INFO
        audit_log_file_size_MB: 0.5
        log_files_backup_count: 3
        """;

    try (Sallyport sallyport = load(SOUND + keys)) {
      assertThat(sallyport.summary()).contains("standard");
      assertThat(folder.resolve("logs/rest-security-audit.log")).exists();
    }
    assertThat(problemsOf(SOUND + keys.replace("0.5", "none")))
        .contains("audit_log_file_size_MB = \"none\"");
    assertThat(problemsOf(SOUND + keys.replace("INFO", "LOUD"))).contains("audit_log_level");
  }

  @Test
  void reportsTheProblemsOfTheFilesThatPartsReadBesideItsOwn() throws IOException {
    Files.writeString(folder.resolve("roles.yaml"), "admin: {allow: ['GET'], deney: {}}\n");

    assertThat(problemsOf(SOUND.replace(
                "authorization: none",
                "authorization: {implementation: roles, properties: {path: roles.yaml}}")
            + "nonsense: 1\n"))
        .contains("roles.yaml:", "security.yaml:", "nonsense");
  }

  @Test
  void anEmptyListIsNoWayToSayAll() {
    String problems = problemsOf("""
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        authentication_providers:
          - {name: caller, implementation: named, userstores: []}
        rules:
          - {methods: [], path: /a, access: open}
        """);

    assertThat(problems)
        .contains("2 problems")
        .contains("line 4", "authentication_providers.1.userstores", "at least one userstore")
        .contains("line 6", "rules.1.methods", "at least one method");
  }

  @Test
  void whatIsListedTwiceIsListedOnce() throws IOException {
    try (Sallyport sallyport = load("""
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        authentication_providers:
          - {name: caller, implementation: named, userstores: [main, main]}
        path_parameters: [v, v]
        rules:
          - {methods: [GET, GET], path: /a, roles: [user, user]}
        """)) {
      assertThat(sallyport.summary()).contains("1 rules");
    }
  }

  @Test
  void anOpenRuleAsksNobodyForATenant() {
    String problems = problemsOf("""
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        authentication_providers:
          - {name: caller, implementation: named}
        tenants: {header: Tenant}
        rules:
          - {path: /a, access: open, tenant_required: true}
          - {path: /b, access: authenticated, tenant_required: true}
        """);

    assertThat(problems)
        .contains("1 problem,")
        .contains("line 7", "rules.1.tenant_required", "another access than open");
  }

  @Test
  void theBuilderMakesTheSamePartsInJava() throws IOException {
    Files.writeString(folder.resolve("roles.yaml"), "user: {allow: {'*': [GET]}}\n");
    SallyportBuilder builder = Sallyport.builder();
    builder.userstore(
        "main",
        builder.make(
            UserstoreFactory.class,
            "listed",
            "main",
            Map.of("users", List.of("alice:user"), "down", false)),
        PartOptions.defaults());
    builder.provider(
        "caller",
        builder.make(
            AuthenticationProviderFactory.class, "named", "caller", Map.of("header", "X-Other")),
        PartOptions.defaults());
    builder.authorization(builder.make(
        AuthorizationProviderFactory.class,
        "roles",
        "roles",
        Map.of("path", folder.resolve("roles.yaml"))));

    try (Sallyport sallyport = builder.auditToLog().build()) {
      assertThat(sallyport.summary()).contains("[main]", "[caller]", "with authorization provider");
    }
  }

  @Test
  void theBuilderListsTheProblemsOfAPart() {
    SallyportBuilder builder = Sallyport.builder();

    assertThatThrownBy(() -> builder.make(
            AuthenticationProviderFactory.class,
            "named",
            "caller",
            Map.of("broken", "maybe", "heder", "X", "secret", Secret.ofText("hidden"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("caller was not made")
        .hasMessageContaining("broken = \"maybe\"")
        .hasMessageContaining("did you mean \"header\"?")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(
            () -> builder.make(UserstoreFactory.class, "lsted", "main", Map.of("users", "a:b")))
        .hasMessageContaining("did you mean \"listed\"?");
    assertThatThrownBy(
            () -> builder.make(UserstoreFactory.class, "listed", "main", Map.of("users", 'c')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Character");
  }

  @Test
  void readsInternalConnectorsAndTheBypass() throws IOException {
    try (Sallyport sallyport = load("""
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        internal:
          ports: [8101, 8103]
          bypass:
            port: 8102
            ranges: [10.0.0.0/24, local]
            hosts: manager.internal
            acknowledge: everybody in these ranges may do everything
        authentication_providers:
          - {name: people, implementation: named}
          - {name: services, implementation: named, connectors: internal, properties: {header: X-Service}}
        authorization: none
        """)) {
      assertThat(sallyport.summary())
          .contains("internal ports [8101, 8103]", "port 8102 for [10.0.0.0/24] and local");
    }
  }

  @Test
  void reportsWhatIsWrongWithInternalConnectors() {
    assertThat(problemsOf(SOUND + "internal: {ports: [8101]}\n"))
        .contains("nobody can be authenticated on the internal ports [8101]");
    assertThat(problemsOf(
            SOUND.replace("implementation: named", "implementation: named, connectors: internal")))
        .contains("\"caller\" is for internal connectors, and there are none");
    assertThat(problemsOf(
            SOUND.replace("implementation: named", "implementation: named, connectors: private")))
        .contains("authentication_providers.1.connectors = \"private\"", "expected one of");
    for (String ports :
        new String[] {"[]", "[0]", "[65536]", "[x]", "[08101]", "[-1]", "[99999999999]"}) {
      assertThat(problemsOf(SOUND + "internal: {ports: " + ports + "}\n"))
          .as(ports)
          .contains("internal.ports", ": 1 problem,");
    }
    assertThat(problemsOf(SOUND + "internal: {}\n")).contains("internal.ports");
    assertThat(problemsOf(SOUND + "internal: {ports: [8101], port: 8101}\n"))
        .contains("internal.port", "unknown");
  }

  @Test
  void reportsWhatIsWrongWithABypass() {
    String acknowledged = "acknowledge: everybody in these ranges may do everything";

    assertThat(problemsOf(SOUND + "internal: {bypass: {port: 8102, ranges: [local]}}\n"))
        .contains("internal.bypass.acknowledge", "word for word", ": 1 problem,");
    assertThat(problemsOf(SOUND + "internal: {bypass: {port: 8102, " + acknowledged + "}}\n"))
        .contains("internal.bypass.ranges", "at least one", ": 1 problem,");
    assertThat(problemsOf(
            SOUND + "internal: {bypass: {port: 8102, ranges: 0.0.0.0/0, " + acknowledged + "}}\n"))
        .contains("internal.bypass.ranges", "every address there is", ": 1 problem,");
    assertThat(problemsOf(SOUND + "internal: {bypass: {ranges: [local], " + acknowledged + "}}\n"))
        .contains("expected port", ": 1 problem,");
    assertThat(problemsOf(SOUND + "internal: {bypass: {port: 8102, hosts: ['*'], ranges: [local], "
            + acknowledged + "}}\n"))
        .contains("internal.bypass.hosts", ": 1 problem,");
    assertThat(problemsOf(SOUND + "internal: {bypass: {port: 8102, enabled: true, ranges: [local], "
            + acknowledged + "}}\n"))
        .contains("internal.bypass.enabled", ": 1 problem,");
  }
}
