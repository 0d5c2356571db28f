package io.sallyport.core.internal.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Outcome;
import io.sallyport.core.internal.gate.EntryCheck.Verdict;
import io.sallyport.core.internal.gate.TestRequest;
import io.sallyport.core.internal.transport.AddressRanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BypassTest {

  private static final int PORT = 8102;

  private final Bypass subnet =
      new Bypass(PORT, AddressRanges.of(List.of("10.0.0.0/24")), false, Set.of("manager.internal"));
  private final Bypass machine = new Bypass(PORT, null, true, Set.of());

  @Test
  void letsPassWhatComesFromItsRangesToItsPort() {
    assertThat(outcome(subnet, inside())).contains(Outcome.BYPASSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {8101, 8103, 80, 0})
  void hasNothingToSayAboutOtherPorts(int port) {
    assertThat(judge(subnet, inside().to("10.0.0.1", port))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "X-Server-Port", "X-Forwarded-Port", "X-Forwarded-Host", "Forwarded"})
  void noHeaderFieldLeadsToIt(String field) {
    var request = TestRequest.get("/x")
        .from("10.0.0.7")
        .to("10.0.0.1", 8100)
        .header(field, field.equals("Host") ? "10.0.0.1:8102" : "8102");

    assertThat(judge(subnet, request)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.1.0",
        "9.255.255.255",
        "192.168.0.7",
        "127.0.0.1",
        "::1",
        "::ffff:10.0.1.7",
        "::10.0.0.7",
        "unknown",
        "",
        "10.0.0.7.example.org",
        "10.0.0"
      })
  void refusesEveryOtherAddressAndDoesNotHandItOnToTheRules(String address) {
    assertThat(outcome(subnet, inside().from(address))).contains(Outcome.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.255", "::ffff:10.0.0.7", "[::ffff:a00:7]"})
  void readsAddressesAsNumbers(String address) {
    assertThat(outcome(subnet, inside().from(address))).contains(Outcome.BYPASSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For",
        "x-forwarded-proto",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Server-Port",
        "X_Forwarded_For",
        "CF-Connecting-IP"
      })
  void refusesWhatAProxyHasPassedOn(String field) {
    assertThat(outcome(subnet, inside().header(field, "10.0.0.7"))).contains(Outcome.FORBIDDEN);
    assertThat(outcome(subnet, inside().header(field, ""))).contains(Outcome.FORBIDDEN);
    assertThat(outcome(machine, onTheMachine().header(field, "127.0.0.1")))
        .contains(Outcome.FORBIDDEN);
  }

  @Test
  void refusesAnAddressThatTheContainerHasTakenFromAHeaderField() {
    assertThat(outcome(subnet, inside().takenFromHeader())).contains(Outcome.FORBIDDEN);
    assertThat(outcome(machine, onTheMachine().takenFromHeader())).contains(Outcome.FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,127.0.0.1", "127.9.9.9,127.0.0.1", "::1,::1", "::ffff:127.0.0.1,127.0.0.1"
  })
  void localMeansThatBothEndsAreTheMachineItself(String remote, String local) {
    var request = onTheMachine().from(remote).to(local, PORT);

    assertThat(outcome(machine, request)).contains(Outcome.BYPASSED);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7,127.0.0.1", "127.0.0.1,10.0.0.1", "10.0.0.1,10.0.0.1", "::2,::1"})
  void oneEndAloneIsNotLocal(String remote, String local) {
    var request = onTheMachine().from(remote).to(local, PORT);

    assertThat(outcome(machine, request)).contains(Outcome.FORBIDDEN);
  }

  @Test
  void localMayStandBesideRanges() {
    Bypass both = new Bypass(PORT, AddressRanges.of(List.of("10.0.0.0/24")), true, Set.of());

    assertThat(outcome(both, inside())).contains(Outcome.BYPASSED);
    assertThat(outcome(both, onTheMachine())).contains(Outcome.BYPASSED);
    assertThat(outcome(both, onTheMachine().from("10.0.1.1"))).contains(Outcome.FORBIDDEN);
    assertThat(both).hasToString("port 8102 for [10.0.0.0/24] and local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://10.0.0.1:8102", ""})
  void refusesWhatAPageHasSent(String origin) {
    assertThat(outcome(subnet, inside().header("Origin", origin))).contains(Outcome.FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "none,BYPASSED",
    "same-origin,BYPASSED",
    "same-site,FORBIDDEN",
    "cross-site,FORBIDDEN",
    "NONE,FORBIDDEN",
    "'',FORBIDDEN"
  })
  void asksTheBrowserWhereItsRequestComesFrom(String site, Outcome expected) {
    assertThat(outcome(subnet, inside().header("Sec-Fetch-Site", site))).contains(expected);
  }

  @Test
  void refusesARequestOfWhichTheBrowserSaysTwoThings() {
    assertThat(outcome(subnet, inside().header("Sec-Fetch-Site", "none", "cross-site")))
        .contains(Outcome.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "10.0.0.1:8102",
        "[::1]:8102",
        "[fd00::1]",
        "localhost",
        "LOCALHOST:8102",
        "manager.internal",
        "Manager.Internal:8102"
      })
  void mayBeCalledByAddressesAndByTheNamesThatItWasTold(String host) {
    assertThat(outcome(subnet, inside().header("Host", host))).contains(Outcome.BYPASSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8102",
        "manager.internal.evil.example",
        "x.manager.internal",
        "manager.internal.",
        "localhost.evil.example",
        "10.0.0.1.nip.io",
        "10.0.0.1.:8102",
        "0x0a000001",
        "167772161",
        "",
        ":8102",
        "[",
        "[]",
        "[::1",
        "user@10.0.0.1:1:2"
      })
  void refusesANameThatAPageMayHavePointedHere(String host) {
    assertThat(outcome(subnet, inside().header("Host", host))).contains(Outcome.FORBIDDEN);
  }

  @Test
  void refusesARequestThatNamesNoHostOrTwo() {
    var nameless = TestRequest.get("/x").from("10.0.0.7").to("10.0.0.1", PORT);

    assertThat(outcome(subnet, nameless)).contains(Outcome.FORBIDDEN);
    assertThat(outcome(subnet, nameless.header("Host", "10.0.0.1", "10.0.0.1")))
        .contains(Outcome.FORBIDDEN);
  }

  @Test
  void doesNotRepeatWhatWasSent() {
    Verdict verdict = judge(subnet, inside().header("Host", "evil.example")).orElseThrow();

    assertThat(verdict.reason()).startsWith("the bypass port refuses").doesNotContain("evil");
  }

  private static TestRequest inside() {
    return TestRequest.get("/x").from("10.0.0.7").to("10.0.0.1", PORT).header("Host", "10.0.0.1");
  }

  private static TestRequest onTheMachine() {
    return TestRequest.get("/x")
        .from("127.0.0.1")
        .to("127.0.0.1", PORT)
        .header("Host", "localhost");
  }

  private static Optional<Outcome> outcome(Bypass bypass, TestRequest request) {
    return judge(bypass, request).map(Verdict::outcome);
  }

  private static Optional<Verdict> judge(Bypass bypass, TestRequest request) {
    Decision.Builder decision = Decision.builder(
        new DecisionId("test", 1, 0), Instant.EPOCH, Dispatch.REQUEST, "GET", "/x", "192.0.2.1");
    return bypass.judge(request, request.target(), decision);
  }
}
