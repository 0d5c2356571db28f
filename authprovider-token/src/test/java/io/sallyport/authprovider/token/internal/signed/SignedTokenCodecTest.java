package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.jws.Verdict.Refused;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
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

  private static final TokenKeys KEYS = TokenKeys.of(Samples.KEY_BYTES);

  private final SignedTokenCodec codec = new SignedTokenCodec(
      KEYS, ClaimsPolicy.own("sallyport", "sallyport", Duration.ofSeconds(30)));

  @Test
  void readsWhatItWrites() {
    Restrictions restrictions = Restrictions.none()
        .withRoles(Set.of("viewer", "\u00fcber \"}{"))
        .withTenants(Set.of())
        .withEndpoints(List.of("GET /a/**", "GET /b"))
        .withNotAfter(NOW.plusSeconds(900));
    TokenContent content = content(restrictions);

    Verdict<ReadToken> read = codec.read(codec.write(content, KEYS.signing()), NOW);

    assertThat(read).isInstanceOf(Accepted.class);
    assertThat(((Accepted<ReadToken>) read).value().content())
        .usingRecursiveComparison()
        .usingOverriddenEquals()
        .isEqualTo(content);
  }

  @Test
  void writesExactlyThisHeaderAndTheseClaims() {
    String[] parts = codec.write(content(Restrictions.none()), KEYS.signing()).split("\\.");

    assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    String claims = CLAIMS.replace("}", ",\"iat_ms\":" + NOW.toEpochMilli() + "}");
    assertThat(StrictJson.object(decoded(parts[1]).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(StrictJson.object(claims.getBytes(StandardCharsets.UTF_8)));
    assertThat(parts).hasSize(3);
  }

  @Test
  void readsTokensThatTheJdkSigned() {
    Verdict<ReadToken> read = codec.read(Samples.sign(Samples.HEADER, CLAIMS), NOW);

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
        "{'alg':'HS256','typ':'JWT','kid':7} | kid must be a text",
        "{'alg':'HS256','typ':'JWT','kid':null} | kid must be a text",
        "{'alg':'HS256','typ':'JWT','x5t':'AA'} | must not have x5t",
        "{'alg':'HS256','typ':'JWT','jku':'https://x.example'} | must not have jku",
        "{'alg':'HS256','typ':'JWT','jwk':'k'} | must not have jwk",
        "{'alg':'HS256','typ':'JWT','x5u':'https://x.example'} | must not have x5u",
        "{'alg':'HS256','typ':'JWT','x5c':[]} | must not have x5c",
        "{'alg':'HS256','typ':'JWT','crit':[]} | must not have crit",
        "{'alg':'HS256','typ':'JWT','b64':true} | must not have b64",
        "{'alg':'HS256','typ':'JWT','zip':'DEF'} | must not have zip",
        "{'alg':'HS256','typ':'JWT','cty':'JWT'} | must not have cty",
        "{'alg':'HS256','typ':'JWT','evil':1} | no members but alg, kid and typ",
        "{'alg':'HS256','typ':'JWT','alg':'HS256'} | each member once",
        "{'alg':'HS256','typ':'JWT','jwk':{}} | flat JSON object",
        "['HS256'] | flat JSON object"
      })
  void refusesEveryOtherHeaderEvenWithARightSignature(String header, String detail) {
    Refused<ReadToken> refused = refused(Samples.sign(header.replace('\'', '"'), CLAIMS));

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail())
        .startsWith("invalid token: ")
        .contains(detail)
        .doesNotContain("evil");
    assertThat(refused.subject()).isNull();
  }

  /** Without a key's name it may be somebody else's, who signs in another way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'typ':'JWT'}",
        "{'alg':'none','typ':'JWT'}",
        "{'alg':'HS512','typ':'JWT'}",
        "{'alg':'hs256','typ':'JWT'}",
        "{'alg':['HS256'],'typ':'JWT'}",
        "{'alg':'HS256','typ':'JWT','kid':'k'}",
        "{'alg':'HS256','typ':'JWT','kid':''}",
        "{'alg':'RS256','typ':'at+jwt','kid':'../../etc/passwd','x5t':'AA'}"
      })
  void leavesTokensOfOtherKeysToOthers(String header) {
    Refused<ReadToken> refused = refused(Samples.sign(header.replace('\'', '"'), CLAIMS));

    assertThat(refused.reason()).isEqualTo(Reason.FOREIGN);
    assertThat(refused.detail()).doesNotContain("passwd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sly-abc-def", "a", "a.b", "a.b.c.d.e", "{\"payload\":\"x\"}"})
  void leavesTokensOfAnotherKindToOthers(String token) {
    assertThat(refused(token).reason()).isEqualTo(Reason.FOREIGN);
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
        "'iat_ms':null",
        "'iat_ms':-1",
        "'iat_ms':1.5",
        "'iat_ms':1",
        "'parent':null",
        "'parent':''",
        "'parent':7",
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

    Refused<ReadToken> refused =
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

    Refused<ReadToken> refused = refused(token);

    assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.detail()).startsWith("invalid token: the claim " + name + " must be");
  }

  @Test
  void takesNoNoticeOfClaimsThatItDoesNotKnow() {
    String claims = CLAIMS.replace(
        "}", ",\"Sub\":\"root\",\"sub \":\"root\",\"roles\":[\"admin\"],\"x\":null}");

    Verdict<ReadToken> read = codec.read(Samples.sign(Samples.HEADER, claims), NOW);

    assertThat(((Accepted<ReadToken>) read).value().content().owner().userId()).isEqualTo("u-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'sub':'root'", "'x':{'sub':1,'sub':2}", "'x':{}", "'x':[[]]"})
  void refusesRepeatedMembersAndNestedObjects(String added) {
    String claims = CLAIMS.replace("}", "," + added.replace('\'', '"') + "}");

    Refused<ReadToken> refused = refused(Samples.sign(Samples.HEADER, claims));

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
    Refused<ReadToken> refused =
        refused(Samples.sign(Samples.HEADER, with(claim.replace('\'', '"'))));

    assertThat(refused.reason()).isEqualTo(Reason.FOREIGN);
    assertThat(refused.subject()).isEqualTo("u-1");
  }

  @Test
  void rejectsATokenFromTheInstantItExpiresWhateverTheClockSkew() {
    String token = Samples.sign(Samples.HEADER, CLAIMS);
    Instant end = NOW.plusSeconds(600);

    assertThat(codec.read(token, end.minusNanos(1))).isInstanceOf(Accepted.class);
    assertThat(codec.read(token, end))
        .isEqualTo(new Refused<ReadToken>(Reason.EXPIRED, "token expired", "u-1"));
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
        .isEqualTo(new Refused<ReadToken>(Reason.NOT_YET_VALID, "token not yet valid", "u-1"));
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

    Verdict<ReadToken> read = codec.read(forged, NOW.plusSeconds(700));

    assertThat(read)
        .isEqualTo(new Refused<ReadToken>(
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
    String token = codec.write(content(Restrictions.none()), KEYS.signing());
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
    String token = codec.write(content(Restrictions.none()), KEYS.signing());
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

      Verdict<ReadToken> read = codec.read(Samples.sign(Samples.KEY_BYTES, header, payload), NOW);

      if (read instanceof Accepted<ReadToken> accepted) {
        assertThat(accepted.value().content().owner().userId()).matches(User::isValidName);
        assertThat(accepted.value().content().stampMac()).hasSize(SecurityStamp.MAC_LENGTH);
        assertThat(accepted.value().content().expiresAt()).isAfter(NOW);
        assertThat(accepted.value().content().signedInAt())
            .isBeforeOrEqualTo(accepted.value().content().issuedAt());
      }
    }
  }

  private Refused<ReadToken> refused(String token) {
    Verdict<ReadToken> read = codec.read(token, NOW);
    assertThat(read).isInstanceOf(Refused.class);
    return (Refused<ReadToken>) read;
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
        "id",
        null,
        new TokenOwner("main", "u-1"),
        stamp,
        NOW,
        NOW,
        NOW,
        NOW.plusSeconds(600),
        restrictions);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
