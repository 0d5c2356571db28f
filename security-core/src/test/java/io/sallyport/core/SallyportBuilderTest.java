package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.Profile;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.Userstore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SallyportBuilderTest {

  private final List<String> closed = new ArrayList<>();

  private final Userstore nobody = new Userstore() {
    @Override
    public Optional<User> findUser(String username) {
      return Optional.empty();
    }

    @Override
    public Optional<User> findUserById(String id) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.add("store");
    }
  };

  private final AuthenticationProvider none = new AuthenticationProvider() {
    @Override
    public NotPresented authenticate(io.sallyport.api.AuthenticationRequest request) {
      return new NotPresented();
    }

    @Override
    public void close() {
      closed.add("provider");
    }
  };

  private SallyportBuilder sound() {
    return Sallyport.builder()
        .userstore("main", nobody, PartOptions.defaults())
        .provider("none", none, PartOptions.defaults())
        .withoutAuthorization()
        .audit(decision -> {});
  }

  @Test
  void buildsWhatIsComplete() {
    try (Sallyport sallyport = sound()
        .profile(Profile.CLOUDIFY_4)
        .requestTimeout(Duration.ofSeconds(1))
        .pathParameters("jsessionid")
        .tenantHeader("Tenant")
        .cors(Cors.of("https://console.example.org"))
        .open("GET /version")
        .rule(Rule.on("/a/**").methods("GET", "PUT").roles("x").inTenant())
        .rule(Rule.on("/b").authenticated())
        .rule(Rule.on("/c").open())
        .rule(Rule.on("/d").deny())
        .authorization((identity, tenant, target) -> null)
        .build()) {
      assertThat(sallyport.profile()).isEqualTo(Profile.CLOUDIFY_4);
      assertThat(sallyport.summary())
          .contains("4 rules", "[/version]", "with authorization provider");
    }
  }

  @Test
  void closesWhatItWasGivenInTheReverseOrder() {
    sound().build().close();

    assertThat(closed).containsExactly("provider", "store");
  }

  @Test
  void closesEverythingWhereThePartsDoNotGoTogether() {
    SallyportBuilder builder = sound().tokensAt("/tokens");

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("nothing makes tokens");
    assertThat(closed).containsExactly("provider", "store");
  }

  @Test
  void closesEverythingWhereAPartFailsWhileTheRestIsPutTogether() {
    SallyportBuilder builder =
        sound().provider("broken", new BrokenFields(), PartOptions.defaults());

    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("provider", "store");
  }

  private static final class BrokenFields implements AuthenticationProvider {
    @Override
    public NotPresented authenticate(io.sallyport.api.AuthenticationRequest request) {
      return new NotPresented();
    }

    @Override
    public java.util.Set<String> credentialHeaders() {
      throw new IllegalStateException("broken on purpose");
    }
  }

  @Test
  void onePartThatCannotBeClosedKeepsNoOtherOpen() {
    SallyportBuilder builder = sound().authorization(new io.sallyport.spi.AuthorizationProvider() {
      @Override
      public io.sallyport.api.Authorization decide(
          io.sallyport.api.Identity identity, String tenant, io.sallyport.api.Target target) {
        return new io.sallyport.api.Authorization.NotAllowed("never");
      }

      @Override
      public void close() {
        throw new IllegalStateException("cannot be closed");
      }
    });

    builder.build().close();

    assertThat(closed).containsExactly("provider", "store");
  }

  @Test
  void namesEverythingThatIsMissing() {
    assertThatThrownBy(() -> Sallyport.builder().build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("no authentication provider; ")
        .hasMessageContaining("no audit log")
        .hasMessageContaining("withoutAuthorization()");
  }

  @Test
  void rulesAreEnoughOfAnAuthorization() {
    SallyportBuilder builder = Sallyport.builder()
        .provider("none", none, PartOptions.defaults())
        .rule(Rule.on("/**").roles("admin"))
        .audit(decision -> {});

    try (Sallyport sallyport = builder.build()) {
      assertThat(sallyport.summary()).contains("no authorization provider", "1 rules");
    }
  }

  @Test
  void tellsAFactoryWhatItMayUse() {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    SallyportBuilder builder =
        sound().clock(clock).userstore("second", nobody, PartOptions.defaults());

    assertThat(builder.context("p").userstores())
        .extracting(NamedUserstore::name)
        .containsExactly("main", "second");
    assertThat(builder.context("p", "second").userstores())
        .extracting(NamedUserstore::name)
        .containsExactly("second");
    assertThat(builder.context("p").clock()).isSameAs(clock);
    assertThat(builder.context("p").name()).isEqualTo("p");
    assertThatThrownBy(() -> builder.context("p", "third"))
        .hasMessageContaining("\"third\"")
        .hasMessageContaining("main");
    builder.build().close();
  }

  @Test
  void namesAreUnique() {
    SallyportBuilder builder = sound();

    assertThatThrownBy(() -> builder.userstore("main", nobody, PartOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.provider("none", none, PartOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
    builder.build().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokens", "/", "", "/tokens/*"})
  void theTokensEndpointHasAnExactPath(String path) {
    assertThatThrownBy(() -> Sallyport.builder().tokensAt(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsTheRequestTimeoutOnBothSides() {
    SallyportBuilder builder = Sallyport.builder();

    builder.requestTimeout(Duration.ofMillis(100)).requestTimeout(Duration.ofMinutes(5));
    assertThatThrownBy(() -> builder.requestTimeout(Duration.ofMillis(99)))
        .hasMessageContaining("100ms to 5m");
    assertThatThrownBy(() -> builder.requestTimeout(Duration.ofMinutes(5).plusMillis(1)))
        .hasMessageContaining("300001ms");
  }

  @Test
  void boundsThePartsOptionsOnBothSides() {
    PartOptions options = PartOptions.defaults();

    assertThat(options.withTimeout(PartOptions.MIN_TIMEOUT).limits().timeout())
        .isEqualTo(PartOptions.MIN_TIMEOUT);
    assertThat(options.withTimeout(PartOptions.MAX_TIMEOUT).limits().timeout())
        .isEqualTo(PartOptions.MAX_TIMEOUT);
    assertThatThrownBy(() -> options.withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withTimeout(PartOptions.MAX_TIMEOUT.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(options.withMaxConcurrent(1).limits().maxConcurrent()).isEqualTo(1);
    assertThat(options.withMaxConcurrent(10_000).limits().maxConcurrent()).isEqualTo(10_000);
    assertThatThrownBy(() -> options.withMaxConcurrent(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withMaxConcurrent(10_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoRule() {
    assertThatThrownBy(() -> Rule.on("no-slash")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rule.on("/x").roles()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sallyport.builder().rule(Rule.on("/x").open().inTenant()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sallyport.builder().open("/x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sallyport.builder().tenantHeader(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sallyport.builder().pathParameters("a b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void internalPortsAndTheirProvidersNeedEachOther() {
    assertThatThrownBy(() -> sound().internalPorts(8101).build())
        .hasMessageContaining("nobody can be authenticated on the internal ports [8101]");
    assertThatThrownBy(
            () -> sound().provider("jobs", none, on(Connectors.INTERNAL)).build())
        .hasMessageContaining("\"jobs\" is for internal connectors, and there are none");
    sound().provider("jobs", none, on(Connectors.ALL)).build().close();
    sound()
        .provider("jobs", none, on(Connectors.ALL))
        .internalPorts(8101)
        .build()
        .close();
    try (Sallyport sallyport = sound()
        .provider("jobs", none, on(Connectors.INTERNAL))
        .internalPorts(8103, 8101)
        .build()) {
      assertThat(sallyport.summary()).contains("internal ports [8101, 8103]");
    }
  }

  @Test
  void aBypassNeedsAPortOfItsOwn() {
    SallyportBuilder builder = sound()
        .provider("jobs", none, on(Connectors.INTERNAL))
        .internalPorts(8101)
        .bypass(BypassPort.of(8101, BypassPort.ACKNOWLEDGMENT, "local"));

    assertThatThrownBy(builder::build)
        .hasMessageContaining(
            "port 8101 is internal and a bypass; a bypass needs a port of its own");
  }

  @Test
  void aBypassIsWarnedOfAtEachStart() {
    var captured = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try (Sallyport sallyport = sound()
        .bypass(BypassPort.of(8102, BypassPort.ACKNOWLEDGMENT, "10.0.0.0/24", "local"))
        .build()) {
      assertThat(sallyport.summary())
          .contains("SECURITY IS BYPASSED on port 8102 for [10.0.0.0/24] and local");
    } finally {
      System.setErr(before);
    }

    assertThat(captured.toString(StandardCharsets.UTF_8))
        .contains("WARN", "SECURITY IS BYPASSED on port 8102 for [10.0.0.0/24] and local");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aPortIsOneThatASocketCanHave(int port) {
    assertThatThrownBy(() -> Sallyport.builder().internalPorts(port))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BypassPort.of(port, BypassPort.ACKNOWLEDGMENT, "local"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PartOptions on(Connectors connectors) {
    return PartOptions.defaults().withConnectors(connectors);
  }
}
