package io.sallyport.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials as bytes on a connection, since clients do not let one write most of these. */
@ParameterizedClass(name = "{0}")
@EnumSource
class CredentialsIT {

  private static final String WHO = "/api/exercise/who";
  private static final String ALICE = RawClient.basic("alice", "alice-Pass-1");
  private static final String ALICE_TOKEN = ALICE.substring("Authorization: Basic ".length());
  private static final String ROOT = RawClient.basic("root", "root-Pass-3");
  private static final Pattern TOKEN = Pattern.compile("\"value\":\"([^\"]+)\"");
  private static final int MEGABYTE = 1024 * 1024;

  private static HostProcess host;

  @Parameter
  Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws IOException {
    host =
        HostProcess.secured(container, Mode.DEFAULT, HostFolder.make(container + "-credentials"));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    host.close();
  }

  private static RawAnswer get(String target, String... fields) throws IOException {
    return RawClient.once(host.port(), "GET", target, fields);
  }

  private static String token() throws IOException {
    Matcher value = TOKEN.matcher(get("/tokens", ALICE).body());
    assertThat(value.find()).isTrue();
    return value.group(1);
  }

  // --- accepted

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic ",
        "Authorization: basic ",
        "Authorization: BASIC ",
        "authorization: bAsIc ",
        "AUTHORIZATION:Basic ",
        "Authorization:   Basic ",
        "Authorization: Basic   "
      })
  void acceptsTheSchemeInAnyCaseAndSpacesAroundIt(String start) throws IOException {
    assertThat(get(WHO, start + ALICE_TOKEN).body()).isEqualTo("alice GET");
    assertThat(get(WHO, start + ALICE_TOKEN + "  ").body()).isEqualTo("alice GET");
  }

  @Test
  void acceptsATokenInEitherFieldAndTheSchemeInAnyCase() throws IOException {
    String token = token();

    for (String field :
        List.of("Authorization: Bearer ", "Authorization: bearer ", "Authentication-Token: ")) {
      assertThat(get(WHO, field + token).body()).isEqualTo("alice GET");
    }
  }

  /** Containers hand the bytes of a field over as Latin-1; what is in the base64 is UTF-8 all the same. */
  @Test
  void readsNamesAndPasswordsAsUtf8AndAsNothingElse() throws IOException {
    assertThat(get(WHO, RawClient.basic("carol", "pä:ss wörd€")).body()).isEqualTo("carol GET");
    assertThat(get(WHO, RawClient.basic("даша", "αβ123")).body())
        .isEqualTo("%D0%B4%D0%B0%D1%88%D0%B0 GET");
    for (Charset charset : List.of(ISO_8859_1, Charset.forName("windows-1252"))) {
      byte[] credentials = "carol:pä:ss wörd€".getBytes(charset);
      assertThat(get(WHO, RawClient.basic(credentials)).status()).isEqualTo(401);
    }
  }

  // --- refused by the field

  static Stream<List<String>> ambiguous() {
    return Stream.of(
        List.of(ALICE, ALICE),
        List.of(ALICE, ROOT),
        List.of(ALICE, ROOT.replace("Authorization", "authorization")),
        List.of(ALICE, "Authorization:"),
        List.of("Authorization:", ALICE),
        List.of(ALICE, "Authorization: Bearer x"),
        List.of("Authorization: Bearer x", ALICE),
        List.of(ALICE, "Authentication-Token: x"),
        List.of("Authentication-Token: x", "Authentication-Token: x"));
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void refusesMoreThanOneCredential(List<String> fields) throws IOException {
    RawAnswer answer = get(WHO, fields.toArray(String[]::new));

    assertThat(answer.status()).isEqualTo(400);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "Basic",
        "Basic ",
        "Basic " + ALICE_TOKEN + ", Basic " + ROOT.substring(21),
        "Basic " + ALICE_TOKEN + ",Bearer x",
        "Basic " + ALICE_TOKEN + "; Basic " + ROOT.substring(21),
        "Basic " + ALICE_TOKEN + " " + ALICE_TOKEN,
        "Basic " + ALICE_TOKEN + "=",
        "Basic =" + ALICE_TOKEN,
        "Basic \"" + ALICE_TOKEN + "\"",
        "Basic alice:alice-Pass-1",
        "Basic****",
        "Basic:" + ALICE_TOKEN,
        "Basic=" + ALICE_TOKEN,
        "Basicx " + ALICE_TOKEN,
        "xBasic " + ALICE_TOKEN,
        ALICE_TOKEN,
        // no padding, and bits behind the last byte
        "Basic bm9yYTpub3JhLVBhc3MtNg",
        "Basic bm9yYTpub3JhLVBhc3MtNh==",
        // obs-text, as Latin-1 and as UTF-8
        "Basic \u00e4\u00f6\u00fc",
        "Basic " + new String("\u00e4".getBytes(UTF_8), ISO_8859_1),
        "B\u00e4sic " + ALICE_TOKEN,
        "\u00a0Basic " + ALICE_TOKEN,
        "Basic\u00a0" + ALICE_TOKEN,
        "Basic \u0000" + ALICE_TOKEN,
        "Bearer",
        "Bearer a b",
        "Bearer \"a\"",
        "Bearer a,Bearer b",
        "Bearer \u00e4",
        "Bearer =",
        "Bearer ..",
        "Bearer null",
        "Negotiate YIIB",
        "Digest username=\"alice\"");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotOneCredentialOfAKnownScheme(String value) throws IOException {
    RawAnswer answer = get(WHO, "Authorization: " + value);

    // a container may find a field to be none before anybody is asked
    assertThat(answer.status()).isIn(401, 400);
    assertThat(answer.body()).doesNotContain("alice");
  }

  @Test
  void takesATabForNoSpaceUnlessTheContainerHandsItOverAsOne() throws IOException {
    RawAnswer answer = get(WHO, "Authorization: Basic\t" + ALICE_TOKEN);

    if (container == Container.UNDERTOW_2_3) {
      assertThat(answer.body()).isEqualTo("alice GET");
    } else {
      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Authorization: Basic @",
        "Proxy-Authorization: Basic @",
        "Author_ization: Basic @",
        "Authorization : Basic @",
        "Authorization Basic @",
        "Cookie: Authorization=Basic @",
        "Cookie: Authentication-Token=@",
        "X-Remote-User: alice",
        "Remote-User: alice"
      })
  void takesCredentialsFromNowhereElse(String field) throws IOException {
    RawAnswer answer = get(WHO, field.replace("@", ALICE_TOKEN));

    assertThat(answer.status()).isIn(401, 400);
    assertThat(answer.body()).doesNotContain("alice");
  }

  @Test
  void takesCredentialsFromNoQueryAndNoUserInformation() throws IOException {
    assertThat(get(WHO + "?Authorization=Basic+" + ALICE_TOKEN).status()).isEqualTo(401);
    assertThat(get(WHO + "?access_token=" + token()).status()).isEqualTo(401);
    assertThat(get("http://alice:alice-Pass-1@a" + WHO).status()).isIn(400, 401);
  }

  // --- refused by what is in it

  static Stream<String> strangers() {
    return Stream.of(
        "alice:",
        "alice:alice-Pass-1 ",
        "alice: alice-Pass-1",
        "alice:alice-Pass-1\u0000",
        "alice:alice-Pass-1\n",
        ":alice-Pass-1",
        ":",
        "alice",
        "Alice:alice-Pass-1",
        "ALICE:alice-Pass-1",
        "alice.:alice-Pass-1",
        "alice :alice-Pass-1",
        " alice:alice-Pass-1",
        "alice\u0000:alice-Pass-1",
        "alice\u0000root:alice-Pass-1",
        "alice\r\nX-User root:alice-Pass-1",
        "\u0430lice:alice-Pass-1",
        "\uff41lice:alice-Pass-1",
        "al\u0131ce:alice-Pass-1",
        "AL\u0130CE:alice-Pass-1",
        "ali\u200bce:alice-Pass-1",
        "\ufeffalice:alice-Pass-1",
        "\u202ealice:alice-Pass-1",
        "alice\u0301:alice-Pass-1",
        "alice\u00ad:alice-Pass-1",
        "alice\u00a0:alice-Pass-1",
        "carol:pa\u0308:ss wo\u0308rd\u20ac",
        "carol:p",
        "gone:gone-Pass-7");
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void takesNobodyForSomebodyElse(String credentials) throws IOException {
    RawAnswer answer = get(WHO, RawClient.basic(credentials.getBytes(UTF_8)));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/exercise/who", "/public/private/x"})
  void aUserWhoseNameIsThatOfARoleHasNothingOfIt(String target) throws IOException {
    RawAnswer answer = get(target, RawClient.basic("admin", "admin-Pass-4"));

    assertThat(answer.status()).isEqualTo(403);
  }

  // --- length

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic ",
        "Authorization: Bearer ",
        "Authorization: ",
        "Authentication-Token: ",
        "X-Tenant: "
      })
  void refusesAMegabyteWithoutAnErrorOfItsOwn(String field) throws IOException {
    RawAnswer answer = get("/tenant/exercise", field + "a".repeat(MEGABYTE));

    // by the container's own bound, or by ours; it may hang up on whoever goes on sending
    assertThat(answer.status()).isIn(0, 400, 401, 403, 413, 431);
    assertThat(get(WHO, ALICE).body()).isEqualTo("alice GET");
  }

  @Test
  void keepsItsOwnBoundOnACredentialBelowThatOfTheContainer() throws IOException {
    String name = Base64.getEncoder().encodeToString(("n".repeat(257) + ":x").getBytes(UTF_8));
    String password = Base64.getEncoder().encodeToString(("x:" + "p".repeat(4097)).getBytes(UTF_8));

    assertThat(get(WHO, "Authorization: Basic " + name).status()).isEqualTo(401);
    assertThat(get(WHO, "Authorization: Basic " + password).status()).isEqualTo(401);
  }
}
