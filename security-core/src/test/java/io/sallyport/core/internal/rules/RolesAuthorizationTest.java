package io.sallyport.core.internal.rules;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Authorization;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Subject;
import io.sallyport.api.Target;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.AuthorizationProviderFactory;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesAuthorizationTest {

  @TempDir
  private Path folder;

  private final FollowedFiles files = new FollowedFiles();
  private Path roles;

  @BeforeEach
  void writeTheSampleFile() throws IOException {
    roles = folder.resolve("roles.yaml");
    try (InputStream sample = getClass().getResourceAsStream("roles.yaml")) {
      Files.write(roles, sample.readAllBytes());
    }
    Files.writeString(folder.resolve("security.yaml"), "path: roles.yaml\n");
  }

  @AfterEach
  void stopFollowing() {
    files.close();
  }

  private AuthorizationProvider provider() {
    var problems = new Problems();
    var settings =
        ConfigurationDocument.read(folder.resolve("security.yaml"), ReadOptions.data(), problems);
    return new RolesAuthorizationFactory().create(settings, new Context(files));
  }

  private record Context(ConfigurationFiles files) implements ProviderContext {
    @Override
    public String name() {
      return "roles";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public List<NamedUserstore> userstores() {
      return List.of();
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      throw new AssertionError("roles keep no tokens");
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new AssertionError("roles count no failures");
    }
  }

  private static Identity callerWith(String... held) {
    var subject = new Subject.ExternalUser("issuer", "1", "nora", Set.of(held), Map.of(), Map.of());
    return Identity.of(
        "password",
        new AuthenticationResult.Authenticated(subject, Evidence.of("basic", Instant.EPOCH)));
  }

  private static boolean allows(
      AuthorizationProvider provider, String role, String method, String path) {
    return provider.decide(callerWith(role), null, new Target(method, path))
        instanceof Authorization.Allowed;
  }

  @ParameterizedTest
  @CsvSource({
    "administrator, GET,    /api/v2/blueprints,              true",
    "administrator, DELETE, /api/v2/blueprints/blueprint_2,  true",
    "deployer,      PUT,    /api/v2/blueprints/blueprint_2,  true",
    "deployer,      DELETE, /api/v2/blueprints/blueprint_2,  false",
    "viewer,        GET,    /api/v2/blueprints,              true",
    "viewer,        GET,    /api/v2/blueprints/blueprint_1,  true",
    "viewer,        GET,    /api/v2/blueprints/blueprint_2,  false",
    "viewer,        GET,    /api/v2/blueprints/blueprint_2/, false",
    "viewer,        PUT,    /api/v2/blueprints,              false",
    "nobody,        GET,    /api/v2/blueprints,              false"
  })
  void decidesByTheSampleFile(String role, String method, String path, boolean expected) {
    try (AuthorizationProvider provider = provider()) {
      assertThat(allows(provider, role, method, path)).isEqualTo(expected);
    }
  }

  @Test
  void aCredentialThatLeavesARoleOutDoesNotGetAroundWhatTheRoleIsDenied() {
    var subject = new Subject.ExternalUser(
        "issuer", "1", "nora", Set.of("administrator", "deployer"), Map.of(), Map.of());
    Evidence asAdministrator = Evidence.of("token", Instant.EPOCH)
        .withRestrictions(Restrictions.none().withRoles(Set.of("administrator")));
    Identity nora =
        Identity.of("token", new AuthenticationResult.Authenticated(subject, asAdministrator));

    try (AuthorizationProvider provider = provider()) {
      assertThat(provider.decide(nora, null, new Target("DELETE", "/x")))
          .isInstanceOf(Authorization.Denied.class);
      assertThat(provider.decide(nora, null, new Target("GET", "/x")))
          .isInstanceOf(Authorization.Allowed.class);
    }
  }

  @Test
  void saysWhatSomebodyIsDenied() {
    try (AuthorizationProvider provider = provider()) {
      assertThat(provider.mayDeny(new Target("DELETE", "/x"))).isTrue();
      assertThat(provider.mayDeny(new Target("GET", "/x"))).isFalse();
    }
  }

  /** Invariant 4. */
  @Test
  void followsTheFileAndKeepsTheLastGoodContent() throws IOException {
    try (AuthorizationProvider provider = provider()) {
      Files.writeString(roles, "viewer: {allow: {/a: [GET]}, deny: ['GET']}\n");
      await(() -> !files.brokenFiles().isEmpty());
      boolean whileBroken = allows(provider, "viewer", "GET", "/b");
      String problem = files.brokenFiles().get(0).message();
      Files.writeString(roles, "viewer: {allow: {/a: [GET]}}\n");
      await(() -> !allows(provider, "viewer", "GET", "/b"));

      assertThat(whileBroken).isTrue();
      assertThat(problem).contains("line 1", "deny");
      assertThat(allows(provider, "viewer", "GET", "/a")).isTrue();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the change was not taken up").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "viewer: {deny: ['GET']}              | deny",
        "viewer: [GET]                        | viewer",
        "viewer: {allow: {a: [GET]}}          | must begin with / or *",
        "viewer: {allow: {/a: []}}            | at least one method",
        "viewer: {allow: {/a: [HEAD]}}        | HEAD is decided on as GET",
        "viewer: {allow: {/a: [G T]}}         | expected methods",
        "viewer: {allow: {/a: {GET: yes}}}    | /a",
        "viewer: {allows: {/a: [GET]}}        | allows",
        "viewer: {deny: {/a%20b: [GET]}}      | instead of %",
        "'['                                  | line"
      })
  void refusesAFileOfTheWrongShapeAndSaysWhere(String content, String message) throws IOException {
    Files.writeString(roles, content.replace("'['", "["));

    assertThatThrownBy(this::provider)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("roles.yaml")
        .hasMessageContaining("line ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesToStartWithoutItsFile() throws IOException {
    Files.delete(roles);

    assertThatThrownBy(this::provider).isInstanceOf(InvalidSettingsException.class);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(AuthorizationProviderFactory.class))
        .anyMatch(factory -> factory.name().equals("roles"));
  }
}
