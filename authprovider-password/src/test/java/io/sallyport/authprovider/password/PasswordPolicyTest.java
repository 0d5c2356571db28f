package io.sallyport.authprovider.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordJudgment.Accepted;
import io.sallyport.authprovider.password.PasswordJudgment.Fault;
import io.sallyport.authprovider.password.PasswordJudgment.Refused;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final String EMOJI = "\uD83D\uDC33";

  private final PasswordPolicy policy = PasswordPolicy.standard();

  @Test
  void takesEightCharactersAndNotSeven() {
    assertThat(judge("wq7.zkp4")).isEqualTo(new Accepted());
    assertThat(judge("wq7.zkp")).isEqualTo(refused(Fault.TOO_SHORT, 8));
  }

  @Test
  void countsCodePointsAndNeitherBytesNorChars() {
    assertThat(judge(EMOJI.repeat(7))).isEqualTo(refused(Fault.TOO_SHORT, 8));
    assertThat(judge(EMOJI.repeat(8))).isEqualTo(new Accepted());
  }

  @Test
  void countsACombiningAccentAsACharacterOfItsOwn() {
    String composed = "équipée"; // 7 code points
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);

    assertThat(judge(composed)).isEqualTo(refused(Fault.TOO_SHORT, 8));
    assertThat(judge(decomposed)).isEqualTo(new Accepted());
  }

  @Test
  void takes64CharactersOfFourBytesWhateverTheLimits() {
    PasswordPolicy narrowest =
        PasswordPolicy.builder().minLength(64).maxLength(64).build();

    assertThat(judge(narrowest, EMOJI.repeat(64))).isEqualTo(new Accepted());
    assertThat(judge(narrowest, EMOJI.repeat(63))).isEqualTo(refused(Fault.TOO_SHORT, 64));
    assertThat(judge(narrowest, EMOJI.repeat(65))).isEqualTo(refused(Fault.TOO_LONG, 64));
  }

  @Test
  void takes1024BytesAndNotOneMore() {
    assertThat(judge("x".repeat(1024))).isEqualTo(new Accepted());
    assertThat(judge("x".repeat(1025))).isEqualTo(refused(Fault.TOO_LONG, 1024));
    assertThat(judge("é".repeat(512))).isEqualTo(new Accepted());
    assertThat(judge("é".repeat(512) + "x")).isEqualTo(refused(Fault.TOO_MANY_BYTES, 1024));
    assertThat(judge("x".repeat(1_000_000))).isEqualTo(refused(Fault.TOO_LONG, 1024));
  }

  @Test
  void asksForNoKindOfCharacter() {
    assertThat(judge("zzzzzzzzzzzz")).isEqualTo(new Accepted());
    assertThat(judge("            ")).isEqualTo(new Accepted());
    assertThat(judge("пароль для входа")).isEqualTo(new Accepted());
    assertThat(judge("48150162342004")).isEqualTo(new Accepted());
  }

  @Test
  void refusesAnEmptyOne() {
    assertThat(judge("")).isEqualTo(refused(Fault.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eight\tmore", "eight\nmore", "eight\u0000more", "eight\u0085more"})
  void refusesControlCharacters(String password) {
    assertThat(judge(password)).isEqualTo(refused(Fault.NOT_TEXT));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin1 = {'m', 'o', 'n', 'd', 'p', 'r', 'e', 'i', 's', (byte) 0xe9};
    byte[] surrogate = {
      'm', 'o', 'n', 'd', 'p', 'r', 'e', 'i', (byte) 0xed, (byte) 0xa0, (byte) 0x80
    };

    assertThat(plain(policy.judge(Secret.ofBytes(latin1), List.of())))
        .isEqualTo(refused(Fault.NOT_TEXT));
    assertThat(plain(policy.judge(Secret.ofBytes(surrogate), List.of())))
        .isEqualTo(refused(Fault.NOT_TEXT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "PassWord",
        "12345678",
        "iloveyou",
        "Password123",
        "1qaz2wsx",
        "qwertyuiop",
        "trustno1",
        "pa\u017f\u017fword"
      })
  void refusesCommonPasswordsInAnyCase(String password) {
    assertThat(judge(password)).isEqualTo(refused(Fault.COMMON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password of mine", "xpassword", "passwordx", "pássword", "passwor\uFF44"})
  void comparesWholePasswordsWithTheCommonOnes(String password) {
    assertThat(judge(password)).isEqualTo(new Accepted());
  }

  @Test
  void knowsCommonPasswordsAsShortAsAPolicyMayAllow() {
    PasswordPolicy short5 = PasswordPolicy.builder().minLength(5).build();

    assertThat(judge(short5, "admin")).isEqualTo(refused(Fault.COMMON));
    assertThat(judge(short5, "Letmein")).isEqualTo(refused(Fault.COMMON));
    assertThat(judge(short5, "wq7.z")).isEqualTo(new Accepted());
    assertThat(judge(short5, "root")).isEqualTo(refused(Fault.TOO_SHORT, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "maximilian,maximilian",
    "maximilian,MaxiMilian",
    "MAXIMILIAN,maximilian",
    "maximilian@example.org,maximilian",
    "maximilian@example.org,maximilian@example.org",
    "\"odd@name\"@example.org,\"odd@name\"",
    "Ångström,ångström",
  })
  void refusesTheUsersOwnName(String name, String password) {
    PasswordJudgment judgment = judge(policy, password, "someone", name);

    assertThat(judgment).isEqualTo(refused(Fault.OWN_NAME));
  }

  @ParameterizedTest
  @CsvSource({
    "maximilian,maximilian9",
    "maximilian@example.org,@example.org",
    "maximilian@example.org,example.org",
    "@handle.of.mine,handle.of.mine",
  })
  void comparesTheWholePasswordWithAName(String name, String password) {
    assertThat(judge(policy, password, name)).isEqualTo(new Accepted());
  }

  @Test
  void tellsComposedAndDecomposedFormsApartAsTheHashDoes() {
    String composed = "ångström";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);

    assertThat(judge(policy, composed, composed)).isEqualTo(refused(Fault.OWN_NAME));
    assertThat(judge(policy, decomposed, composed)).isEqualTo(new Accepted());
  }

  @Test
  void refusesWordsThatTheOperatorHasRuledOut() {
    PasswordPolicy own =
        PasswordPolicy.builder().ruleOut(List.of("Sallyport", "acme-corp")).build();

    assertThat(judge(own, "sallyport")).isEqualTo(refused(Fault.RULED_OUT));
    assertThat(judge(own, "ACME-Corp")).isEqualTo(refused(Fault.RULED_OUT));
    assertThat(judge(own, "acme-corps")).isEqualTo(new Accepted());
    assertThat(judge("sallyport")).isEqualTo(new Accepted());
  }

  @Test
  void tellsTheFirstOfSeveralFaults() {
    PasswordPolicy own = PasswordPolicy.builder().ruleOut(List.of("password")).build();

    assertThat(judge(own, "password", "password")).isEqualTo(refused(Fault.OWN_NAME));
    assertThat(judge(own, "password")).isEqualTo(refused(Fault.RULED_OUT));
    assertThat(judge(own, "admin", "admin")).isEqualTo(refused(Fault.TOO_SHORT, 8));
    assertThat(judge("\t")).isEqualTo(refused(Fault.NOT_TEXT));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void saysWhatIsWrongAndWhatToDoWithoutThePassword(Fault fault) {
    PasswordPolicy own =
        PasswordPolicy.builder().maxLength(600).ruleOut(List.of("wordword")).build();
    String password = switch (fault) {
      case EMPTY -> "";
      case NOT_TEXT -> "nul\u0000byte";
      case TOO_SHORT -> "wq7.zkp";
      case TOO_LONG -> "x".repeat(601);
      case TOO_MANY_BYTES -> "é".repeat(513);
      case OWN_NAME -> "namename";
      case RULED_OUT -> "wordword";
      case COMMON -> "trustno1";
    };

    Refused refused = (Refused) own.judge(Secret.ofText(password), List.of("namename"));

    assertThat(refused.fault()).isEqualTo(fault);
    assertThat(refused.message()).startsWith("the password is ").contains("; choose ");
    if (!password.isEmpty()) {
      assertThat(refused.toString()).doesNotContain(password);
    }
  }

  @Test
  void tellsEnoughForTheWordsOfOtherGenerations() {
    PasswordPolicy cloudify =
        PasswordPolicy.builder().minLength(5).maxLength(256).build();

    Refused tooShort = (Refused) judge(cloudify, "wq7.");
    Refused tooLong = (Refused) judge(cloudify, EMOJI.repeat(257));

    assertThat("The password is too short. Minimum allowed length is "
            + tooShort.limit().orElseThrow()
            + " characters")
        .endsWith(" 5 characters");
    assertThat(tooLong.fault()).isEqualTo(Fault.TOO_LONG);
    assertThat(tooLong.limit()).hasValue(256);
    assertThat(judge(cloudify, EMOJI.repeat(256))).isEqualTo(new Accepted());
  }

  @Test
  void leavesThePasswordToItsOwner() {
    Secret password = Secret.ofText("wq7.zkp4");

    policy.judge(password, List.of("someone"));

    assertThat(password.revealText()).isEqualTo("wq7.zkp4");
  }

  @Test
  void takesLimitsWithinBounds() {
    assertThatCode(() ->
            PasswordPolicy.builder().minLength(5).minLength(64).maxLength(64).maxLength(1024))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PasswordPolicy.builder().minLength(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minLength must be 5 to 64 characters, got 4");
    assertThatThrownBy(() -> PasswordPolicy.builder().minLength(65)).hasMessageContaining("got 65");
    assertThatThrownBy(() -> PasswordPolicy.builder().maxLength(63))
        .hasMessage("maxLength must be 64 to 1024 characters, got 63");
    assertThatThrownBy(() -> PasswordPolicy.builder().maxLength(1025))
        .hasMessageContaining("got 1025");
    assertThatThrownBy(() -> PasswordPolicy.builder().ruleOut(new ArrayList<>(List.of("a", ""))))
        .hasMessageContaining("empty");
  }

  private PasswordJudgment judge(String password) {
    return judge(policy, password);
  }

  private static PasswordJudgment judge(PasswordPolicy policy, String password, String... names) {
    return plain(policy.judge(Secret.ofText(password), List.of(names)));
  }

  /** A judgment without its message, which has a test of its own. */
  private static PasswordJudgment plain(PasswordJudgment judgment) {
    return judgment instanceof Refused refused
        ? new Refused(refused.fault(), refused.limit(), "")
        : judgment;
  }

  private static Refused refused(Fault fault) {
    return new Refused(fault, OptionalInt.empty(), "");
  }

  private static Refused refused(Fault fault, int limit) {
    return new Refused(fault, OptionalInt.of(limit), "");
  }
}
