package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.jws.Verdict.Refused;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.authprovider.token.internal.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedTokenCodecTest {

  private static final Instant NOW = Samples.NOW;
  private static final long T = NOW.getEpochSecond();
  private static final String STAMP = "AAECAwQFBgcICQoLDA0ODw";
  private static final String CLAIMS =
      "{\"iss\":\"sallyport\",\"aud\":\"sallyport\",\"sub\":\"u-1\",\"iat\":" + T
          + ",\"nbf\":" + T + ",\"exp\":" + (T + 600)
          + ",\"jti\":\"id\",\"store\":\"main\",\"stamp\":\"" + STAMP
          + "\",\"auth_time\":" + T + "}";

  private final SignedTokenCodec codec = new SignedTokenCodec(
      SigningKey.of(Samples.KEY_BYTES),
      new ClaimsPolicy("sallyport", "sallyport", Duration.ofSeconds(30)));

  @Test
  void readsWhatItWrites() {
    Restrictions restrictions = Restrictions.none()
        .withRoles(Set.of("viewer", "\u00fcber \"}{"))
        .withTenants(Set.of())
        .withEndpoints(List.of("GET /a/**", "GET /b"))
        .withNotAfter(NOW.plusSeconds(900));
    TokenContent content = content(restrictions);

    Verdict<TokenContent> read = codec.read(codec.write(content), NOW);

    assertThat(read).isInstanceOf(Accepted.class);
    assertThat(((Accepted<TokenContent>) read).value())
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .isEqualTo(content);
  }

  @Test
  void writesExactlyThisHeaderAndTheseClaims() {
    String[] parts = codec.write(content(Restrictions.none())).split("\\.");

    assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    assertThat(StrictJson.object(decoded(parts[1]).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(StrictJson.object(CLAIMS.getBytes(StandardCharsets.UTF_8)));
    assertThat(parts).hasSize(3);
  }

  @Test
  void readsTokensThatTheJdkSigned() {
    Verdict<TokenContent> read = codec.read(Samples.sign(Samples.HEADER, CLAIMS), NOW);

    assertThat(read).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"typ\":\"JWT\",\"alg\":\"HS256\"}", "{ \"alg\":\"HS256\", \"typ\":\"JWT\" }"})
  void acceptsTheHeaderInAnotherSpelling(String header) {
    assertThat(codec.read(Samples.sign(header, CLAIMS), NOW)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'alg':'HS256'} | typ must be JWT",
        "{'alg':'HS256','typ':'jwt'} | typ must be JWT",
        "{'alg':'HS256','typ':'at+jwt'} | typ must be JWT",
        "{'alg':'HS256','typ':null} | typ must be JWT",
        "{'typ':'JWT'} | alg must be HS256",
        "{'alg':'none','typ':'JWT'} | alg must be HS256",
        "{'alg':'HS512','typ':'JWT'} | alg must be HS256",
        "{'alg':'hs256','typ':'JWT'} | alg must be HS256",
        "{'alg':['HS256'],'typ':'JWT'} | alg must be HS256",
        "{'alg':'HS256','typ':'JWT','kid':'k'} | must not have kid",
        "{'alg':'HS256','typ':'JWT','jku':'https://x.example'} | must not have jku",
        "{'alg':'HS256','typ':'JWT','jwk':'k'} | must not have jwk",
        "{'alg':'HS256','typ':'JWT','x5u':'https://x.example'} | must not have x5u",
        "{'alg':'HS256','typ':'JWT','x5c':[]} | must not have x5c",
        "{'alg':'HS256','typ':'JWT','crit':[]} | must not have crit",
        "{'alg':'HS256','typ':'JWT','b64':true} | must not have b64",
        "{'alg':'HS256','typ':'JWT','zip':'DEF'} | must not have zip",
        "{'alg':'HS256','typ':'JWT','cty':'JWT'} | must not have cty",
        "{'alg':'HS256','typ':'JWT','evil':1} | no members but alg and typ",
        "{'alg':'HS256','typ':'JWT','alg':'HS256'} | each member once",
        "{'alg':'HS256','typ':'JWT','jwk':{}} | flat JSON object",
        "['HS256'] | flat JSON object"
      })
  void refusesEveryOtherHeaderEvenWithARightSignature(String header, String detail) {
    Refused<TokenContent> refused = refused(Samples.sign(header.replace('\'', '"'), CLAIMS));

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail())
        .startsWith("invalid token: ")
        .contains(detail)
        .doesNotContain("evil");
    assertThat(refused.subject()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'iss':1",
        "'iss':''",
        "'iss':null",
        "'iss':['sallyport']",
        "'aud':''",
        "'aud':1",
        "'aud':null",
        "'aud':['sallyport',1]",
        "'sub':''",
        "'sub':1",
        "'sub':null",
        "'sub':['u-1']",
        "'sub':'u\\n1'",
        "'sub':'\\ud800'",
        "'exp':null",
        "'exp':true",
        "'exp':'1800000000'",
        "'exp':1e10",
        "'exp':1800000000.5",
        "'exp':-1",
        "'exp':1800000000000",
        "'exp':9223372036854775808",
        "'exp':253402300800",
        "'iat':null",
        "'iat':'0'",
        "'iat':-1",
        "'iat':1.0",
        "'nbf':null",
        "'nbf':'x'",
        "'nbf':-1",
        "'nbf':false",
        "'jti':''",
        "'jti':7",
        "'jti':null",
        "'store':''",
        "'store':null",
        "'store':3",
        "'stamp':''",
        "'stamp':null",
        "'stamp':'AAEC'",
        "'stamp':'AAECAwQFBgcICQoLDA0ODx'",
        "'stamp':'AAECAwQFBgcICQoLDA0ODw=='",
        "'auth_time':null",
        "'auth_time':'1'",
        "'auth_time':-5",
        "'auth_time':253402300799",
        "'only_roles':null",
        "'only_roles':'admin'",
        "'only_roles':[1]",
        "'only_roles':['']",
        "'only_roles':true",
        "'only_tenants':null",
        "'only_tenants':'a'",
        "'only_endpoints':null",
        "'only_endpoints':[null]",
        "'only_until':null",
        "'only_until':'never'",
        "'only_until':1.5"
      })
  void refusesClaimsOfTheWrongForm(String claim) {
    String name = claim.substring(1, claim.indexOf('\'', 1));

    Refused<TokenContent> refused =
        refused(Samples.sign(Samples.HEADER, with(claim.replace('\'', '"'))));

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).startsWith("invalid token: the claim " + name + " must ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"iss", "aud", "sub", "iat", "nbf", "exp", "jti", "store", "stamp", "auth_time"})
  void refusesATokenWithoutOneOfItsClaims(String name) {
    String token =
        Samples.sign(Samples.HEADER, CLAIMS.replace("\"" + name + "\":", "\"" + name + "x\":"));

    Refused<TokenContent> refused = refused(token);

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).startsWith("invalid token: the claim " + name + " must be");
  }

  @Test
  void takesNoNoticeOfClaimsThatItDoesNotKnow() {
    String claims = CLAIMS.replace(
        "}", ",\"Sub\":\"root\",\"sub \":\"root\",\"roles\":[\"admin\"],\"x\":null}");

    Verdict<TokenContent> read = codec.read(Samples.sign(Samples.HEADER, claims), NOW);

    assertThat(((Accepted<TokenContent>) read).value().subject()).isEqualTo("u-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'sub':'root'", "'x':{'sub':1,'sub':2}", "'x':{}", "'x':[[]]"})
  void refusesRepeatedMembersAndNestedObjects(String added) {
    String claims = CLAIMS.replace("}", "," + added.replace('\'', '"') + "}");

    Refused<TokenContent> refused = refused(Samples.sign(Samples.HEADER, claims));

    assertThat(refused.detail())
        .isEqualTo("invalid token: the claims are not a flat JSON object with each member once");
  }

  @Test
  void acceptsAListWithTheAudience() {
    String claims = with("\"aud\":[\"other\",\"sallyport\"]");

    assertThat(codec.read(Samples.sign(Samples.HEADER, claims), NOW)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'iss':'Sallyport'",
        "'iss':'sallyport '",
        "'iss':'sallyportx'",
        "'aud':'Sallyport'",
        "'aud':['a','b']",
        "'aud':'sallyport other'",
        "'aud':[]"
      })
  void refusesTokensOfAndForOthers(String claim) {
    Refused<TokenContent> refused =
        refused(Samples.sign(Samples.HEADER, with(claim.replace('\'', '"'))));

    assertThat(refused.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(refused.subject()).isEqualTo("u-1");
  }

  @Test
  void rejectsATokenFromTheInstantItExpiresWhateverTheClockSkew() {
    String token = Samples.sign(Samples.HEADER, CLAIMS);
    Instant end = NOW.plusSeconds(600);

    assertThat(codec.read(token, end.minusNanos(1))).isInstanceOf(Accepted.class);
    assertThat(codec.read(token, end))
        .isEqualTo(new Refused<TokenContent>(Reason.EXPIRED, "token expired", "u-1"));
    assertThat(codec.read(token, end.plusSeconds(1_000_000))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  void acceptsATokenFromOneClockSkewBeforeItsTime(String name) {
    String ahead = with("\"" + name + "\":" + (T + 100));
    String token = Samples.sign(Samples.HEADER, ahead);
    Instant first = NOW.plusSeconds(100 - 30);

    assertThat(codec.read(token, first)).isInstanceOf(Accepted.class);
    assertThat(codec.read(token, first.minusNanos(1)))
        .isEqualTo(new Refused<TokenContent>(Reason.NOT_YET_VALID, "token not yet valid", "u-1"));
  }

  @Test
  void wantsAnEndAfterItsBeginning() {
    assertThat(refused(Samples.sign(Samples.HEADER, with("\"exp\":" + T))).detail())
        .contains("exp must be after iat");
    assertThat(
            refused(Samples.sign(Samples.HEADER, with("\"nbf\":" + (T + 600)))).detail())
        .contains("exp must be after nbf");
    assertThat(refused(Samples.sign(Samples.HEADER, with("\"auth_time\":" + (T + 1))))
            .detail())
        .contains("auth_time must not be after iat");
  }

  @Test
  void tellsAnExpiryOnlyAfterARightSignature() {
    byte[] otherKey = Samples.KEY_BYTES.clone();
    otherKey[0] ^= 1;
    String forged = Samples.sign(
        otherKey,
        Samples.HEADER.getBytes(StandardCharsets.UTF_8),
        CLAIMS.getBytes(StandardCharsets.UTF_8));

    Verdict<TokenContent> read = codec.read(forged, NOW.plusSeconds(700));

    assertThat(read)
        .isEqualTo(new Refused<TokenContent>(
            Reason.WRONG_CREDENTIALS, "invalid token: wrong signature", null));
  }

  @Test
  void refusesATokenThatIsTooLongAndReadsOneThatIsNot() {
    String token = Samples.sign(Samples.HEADER, CLAIMS);
    String longest = token + "A".repeat(StrictJws.MAX_LENGTH - token.length());

    assertThat(refused(longest).reason()).isNotEqualTo(Reason.AMBIGUOUS);
    assertThat(refused(longest + "A").reason()).isEqualTo(Reason.AMBIGUOUS);
  }

  @Test
  void refusesATokenWithAnyCharacterChanged() {
    String token = codec.write(content(Restrictions.none()));
    String others =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \u0000\u00e4";
    for (int i = 0; i < token.length(); i++) {
      for (int o = 0; o < others.length(); o++) {
        char other = others.charAt(o);
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        if (other != token.charAt(i)) {
          assertThat(codec.read(changed, NOW))
              .as("position %s, character %s", i, other)
              .isInstanceOf(Refused.class);
        }
      }
    }
  }

  @Test
  void refusesATokenThatIsCutOrExtended() {
    String token = codec.write(content(Restrictions.none()));
    for (int i = 0; i < token.length(); i++) {
      assertThat(codec.read(token.substring(0, i), NOW)).isInstanceOf(Refused.class);
      assertThat(codec.read(token.substring(i + 1), NOW)).isInstanceOf(Refused.class);
      assertThat(codec.read(token.substring(0, i) + token.substring(i + 1), NOW))
          .isInstanceOf(Refused.class);
    }
    assertThat(List.of(
            token + ".",
            "." + token,
            token + ".x",
            token + "=",
            token + "A",
            token + "\n",
            " " + token))
        .allSatisfy(changed -> assertThat(codec.read(changed, NOW)).isInstanceOf(Refused.class));
  }

  @Test
  void answersEveryTextWithAVerdict() {
    Random random = new Random(2027);
    String alphabet = "ab.AZ09-_=+/{}\"\\ \n\u0000\u00e4\ud83d.....";
    for (int i = 0; i < 20_000; i++) {
      String text = random
          .ints(random.nextInt(60), 0, alphabet.length())
          .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
          .reduce("", String::concat);

      assertThat(codec.read(text, NOW)).isInstanceOf(Refused.class);
    }
  }

  @Test
  void acceptsNoDamagedPayloadWithoutWhatATokenMustHave() {
    Random random = new Random(2028);
    byte[] header = Samples.HEADER.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = CLAIMS.getBytes(StandardCharsets.UTF_8);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }

      Verdict<TokenContent> read =
          codec.read(Samples.sign(Samples.KEY_BYTES, header, payload), NOW);

      if (read instanceof Accepted<TokenContent> accepted) {
        assertThat(accepted.value().subject()).matches(User::isValidName);
        assertThat(accepted.value().stampMac()).hasSize(SecurityStamp.MAC_LENGTH);
        assertThat(accepted.value().expiresAt()).isAfter(NOW);
        assertThat(accepted.value().signedInAt())
            .isBeforeOrEqualTo(accepted.value().issuedAt());
      }
    }
  }

  private Refused<TokenContent> refused(String token) {
    Verdict<TokenContent> read = codec.read(token, NOW);
    assertThat(read).isInstanceOf(Refused.class);
    return (Refused<TokenContent>) read;
  }

  /** The good claims with one of them replaced, or added if it is not among them. */
  private static String with(String claim) {
    String name = claim.substring(0, claim.indexOf(':') + 1);
    int start = CLAIMS.indexOf(name);
    if (start < 0) {
      return CLAIMS.replace("}", "," + claim + "}");
    }
    int end = CLAIMS.indexOf(',', start);
    return CLAIMS.substring(0, start)
        + claim
        + CLAIMS.substring(end < 0 ? CLAIMS.length() - 1 : end);
  }

  private static TokenContent content(Restrictions restrictions) {
    byte[] stamp = Base64.getUrlDecoder().decode(STAMP);
    return new TokenContent(
        "id", "main", "u-1", stamp, NOW, NOW, NOW.plusSeconds(600), restrictions);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
