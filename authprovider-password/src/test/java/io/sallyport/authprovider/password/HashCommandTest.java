package io.sallyport.authprovider.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Profile;
import io.sallyport.authprovider.password.internal.Inputs;
import io.sallyport.authprovider.password.internal.MapSettings;
import io.sallyport.authprovider.password.internal.PasswordInput;
import io.sallyport.authprovider.password.internal.TestContext;
import io.sallyport.authprovider.password.internal.TestRequest;
import io.sallyport.authprovider.password.internal.TestUserstore;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {"sésame ouvre", "sésame ouvre\n", "sésame ouvre\r\n", "sésame ouvre\nsecond line"})
  void printsTheHashOfTheFirstLineOfAPipeAndNothingElse(String piped) {
    int status = run(Inputs.pipe(piped.getBytes(UTF_8)));

    assertThat(status).isZero();
    assertThat(out.toString(UTF_8)).matches("\\$argon2id\\$v=19\\$[^\\s]+\\R");
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(signsIn("sésame ouvre", out.toString(UTF_8).strip())).isTrue();
  }

  @Test
  void asksTwiceAtATerminal() {
    int status = run(Inputs.terminal("sésame ouvre", "sésame ouvre"));

    assertThat(status).isZero();
    assertThat(signsIn("sésame ouvre", out.toString(UTF_8).strip())).isTrue();
  }

  @Test
  void makesNoHashOfPasswordsThatDiffer() {
    int status = run(Inputs.terminal("sesame", "rice"));

    assertThat(status).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("differ").doesNotContain("sesame", "rice");
  }

  @Test
  void makesNoHashWhenTheInputEnds() {
    assertThat(run(Inputs.terminal("sesame"))).isEqualTo(1);
    assertThat(run(Inputs.pipe(new byte[0]))).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("ended", "is empty");
  }

  @Test
  void takesALineOfTheGreatestLengthAndNoneLonger() {
    assertThat(run(pipe("x".repeat(1024) + "\r\n"))).isZero();
    assertThat(run(pipe("x".repeat(1025) + "\n"))).isEqualTo(1);
    assertThat(run(pipe("x".repeat(4096) + "\r\n"), "--allow-weak")).isZero();
    assertThat(run(pipe("x".repeat(4097) + "\n"), "--allow-weak")).isEqualTo(1);
    assertThat(run(pipe("x".repeat(1_000_000)))).isEqualTo(1);
  }

  @Test
  void makesNoHashOfWhatIsNotUtf8() {
    assertThat(run(Inputs.pipe(new byte[] {'s', (byte) 0xe9, '\n'}))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("UTF-8");
  }

  @Test
  void readsThePipeInsteadOfTheTerminalWhenTold() {
    int status = run(Inputs.terminal("sesame", "sesame"), "--stdin");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "seven77,too short; choose one of at least 8",
    "Password123,among the most common ones",
    "alice.liddell,a name of its user",
    "wonderland,a name of its user",
  })
  void makesNoHashOfAWeakPasswordUnlessTold(String password, String why) {
    String[] users = {"--user", "alice.liddell@example.org", "--user", "wonderland"};

    int refused = run(pipe(password), users);
    int insisted = run(
        pipe(password),
        Stream.concat(Stream.of("--allow-weak"), Stream.of(users)).toArray(String[]::new));

    assertThat(refused).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .containsOnlyOnce("no hash was made: the password is ")
        .contains(why, "--allow-weak")
        .doesNotContain(password);
    assertThat(insisted).isZero();
    assertThat(out.toString(UTF_8).lines()).hasSize(1);
    assertThat(signsIn(password, out.toString(UTF_8).strip())).isTrue();
  }

  @Test
  void takesANameAsThePasswordOfSomebodyElse() {
    assertThat(run(pipe("alice.liddell"), "--user", "bob")).isZero();
    assertThat(run(pipe("alice.liddell"))).isZero();
  }

  @Test
  void makesNoHashThatNobodyCouldSignInWithEvenIfTold() {
    assertThat(run(pipe(""), "--allow-weak")).isEqualTo(1);
    assertThat(run(pipe("eight\tmore"), "--allow-weak")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void judgesWhatIsTypedAtATerminalToo() {
    int status = run(Inputs.terminal("sesame", "sesame"), "--user", "alice");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("too short").doesNotContain("sesame");
  }

  @Test
  void helps() {
    assertThat(run(Inputs.terminal(), "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("Reads a new password")
        .contains("--stdin", "--user", "--allow-weak");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sesame", "--stdin sesame", "--user alice sesame", "--user", "--help sesame"})
  void refusesAPasswordAsAnArgumentAndDoesNotShowIt(String args) {
    assertThat(run(Inputs.terminal(), args.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--help").doesNotContain("sesame");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private static PasswordInput pipe(String text) {
    return Inputs.pipe(text.getBytes(UTF_8));
  }

  private int run(PasswordInput input, String... args) {
    return HashCommand.run(
        List.of(args), input, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private static boolean signsIn(String password, String hash) {
    TestUserstore users = new TestUserstore().add("user", TestUserstore.stored(hash));
    TestContext context =
        new TestContext(Profile.STANDARD, List.of(new NamedUserstore("main", users)));
    try (AuthenticationProvider provider =
        new PasswordAuthenticationFactory().create(new MapSettings(Map.of()), context)) {
      return provider.authenticate(TestRequest.basic("user", password)) instanceof Authenticated;
    }
  }
}
