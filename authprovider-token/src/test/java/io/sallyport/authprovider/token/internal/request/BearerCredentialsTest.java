package io.sallyport.authprovider.token.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.jws.Verdict.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerCredentialsTest {

  private final TokenFields fields =
      TokenFields.of(List.of("Authorization", "Authentication-Token"));

  @TestFactory
  Stream<DynamicTest> knownFields() {
    return Samples.objects(Samples.vectors("authorization.json"), "cases").stream()
        .map(known -> DynamicTest.dynamicTest(
            known.get("id") + " " + known.get("why"), () -> assertKnown(known)));
  }

  private void assertKnown(Map<String, Object> known) {
    @SuppressWarnings("unchecked") // the file is written so
    List<String> lines = (List<String>) known.get("header");
    Object[] request =
        lines.stream().flatMap(line -> Stream.of("Authorization", line)).toArray();

    Optional<Verdict<String>> found =
        fields.find(HeaderFields.of(List.of(request).toArray(String[]::new)));

    boolean isBearer =
        lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("bearer"));
    if (known.get("expect").equals("bearer")
        || (known.get("expect").equals("either") && isBearer)) {
      assertThat(found).hasValue(Verdict.accepted((String)
          known.getOrDefault("token", lines.get(0).substring("Bearer ".length()))));
    } else if (known.get("expect").equals("refuse") && isBearer) {
      assertThat(found).get().isInstanceOf(Refused.class);
    } else {
      assertThat(found).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a", "bearer a", "BEARER   a"})
  void readsTheSchemeInAnyCaseAndAnySpaces(String field) {
    assertThat(BearerCredentials.token(field)).hasValue(Verdict.accepted("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer\ta",
        "Bearer \ta",
        "Bearer:a",
        "Bearer=a",
        "Bearer a b",
        "Bearer a,b",
        "Bearer Bearer a",
        "Bearer =",
        "Bearer a=b",
        "Bearer \"a\"",
        "Bearer \u00e4"
      })
  void refusesWhatIsNoTokenBehindTheScheme(String field) {
    assertThat(BearerCredentials.token(field))
        .get()
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Basic YTpi", "Bearerx a", "Beare a", "x", " Bearer a", "\u0412earer a"})
  void leavesOtherSchemesAlone(String field) {
    assertThat(BearerCredentials.token(field)).isEmpty();
  }

  @Test
  void takesTheOtherFieldsAsTheyAre() {
    Optional<Verdict<String>> found = fields.find(HeaderFields.of("authentication-token", "a.b.c"));

    assertThat(found).hasValue(Verdict.accepted("a.b.c"));
  }

  @Test
  void findsNothingInEmptyFieldsAndOtherSchemes() {
    assertThat(fields.find(HeaderFields.of())).isEmpty();
    assertThat(fields.find(HeaderFields.of("Authentication-Token", ""))).isEmpty();
    assertThat(fields.find(
            HeaderFields.of("Authorization", "Basic YTpi", "Authentication-Token", " ")))
        .isEmpty();
  }

  @Test
  void refusesMoreThanOneToken() {
    List<HeaderFields> requests = List.of(
        HeaderFields.of("Authorization", "Bearer a", "Authentication-Token", "a"),
        HeaderFields.of("Authorization", "Bearer a", "Authorization", "Bearer a"),
        HeaderFields.of("Authorization", "Bearer a", "Authorization", "Basic YTpi"),
        HeaderFields.of("Authorization", "Bearer", "Authentication-Token", "a"),
        HeaderFields.of("Authentication-Token", "a", "Authentication-Token", ""),
        HeaderFields.of("Authentication-Token", "a", "authentication-token", "b"));

    assertThat(requests)
        .allSatisfy(request -> assertThat(fields.find(request))
            .get()
            .isInstanceOfSatisfying(
                Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS)));
  }

  @Test
  void acceptsATokenBesideAnotherSchemeInAnotherField() {
    // whether credentials of two kinds may come together is the gate's to say
    Optional<Verdict<String>> found =
        fields.find(HeaderFields.of("Authorization", "Basic YTpi", "Authentication-Token", "a"));

    assertThat(found.orElseThrow()).isInstanceOf(Accepted.class);
  }
}
