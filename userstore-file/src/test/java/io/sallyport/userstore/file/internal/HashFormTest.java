package io.sallyport.userstore.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
        "$2b$12$abcdefghijklmnopqrstuuFVfEGFCbOUaSqLUVCVtVvJk3vVvVvVv",
        "$pbkdf2-sha256$29000$salt$hash",
        "$5$rounds=5000$salt$hash",
        "$6$salt$hash",
        "$y$j9T$salt$hash",
        "{SSHA}aGFzaA==",
        "{SHA512.b64}aGFzaA==",
        "{bcrypt}$2b$12$hash",
        "abJnggxhB/yWI",
        "..aaaaaaaaaaa"
      })
  void takesEveryFormThatNamesItsSchemeAndDesCrypt(String hash) {
    assertThat(HashForm.mayBeHash(Secret.ofText(hash))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "$$",
        "$6",
        "$6$",
        "$ 6$salt",
        "{",
        "{}",
        "{SSHA}",
        "{SSHA",
        "{S SHA}x",
        "abJnggxhB/yW",
        "abJnggxhB/yWIx",
        "abJnggxhB/yW!",
        "$6$sa lt$hash",
        "$6$salt$hash\n",
        "$6$s\u00e4lt$hash",
        "{noop}x",
        "{NoOp}x",
        "{CLEARTEXT}x",
        "{clear.hex}78",
        "$plain$x",
        "!",
        "*",
        "~",
        "null"
      })
  void takesNothingElse(String text) {
    assertThat(HashForm.mayBeHash(Secret.ofText(text))).isFalse();
  }

  @Test
  void boundsTheLength() {
    String longest = "$6$" + "x".repeat(4093);

    assertThat(HashForm.mayBeHash(Secret.ofText(longest))).isTrue();
    assertThat(HashForm.mayBeHash(Secret.ofText(longest + "x"))).isFalse();
  }
}
