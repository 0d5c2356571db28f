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
        "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$c2FsdHNhbHQ$aGFzaA",
        "{pbkdf2@SpringSecurity_v5_8}edd99361b6176810c7e38cd7edb80af4",
        "{scrypt@SpringSecurity_v5_8}$100801$fm3Kkre+KW4/U0EXeqBcwQ==$SBpbbVo0E7D4OeazvHAIyw==",
        "$e0801$nAC79yfjJ6A3xMxHCvzqUg==$Hd+0rdQ/aTaC/GMJuWjEhckcbRS/LRiyfm5iupPe0/s=",
        "$s0$e0801$nAC79yfjJ6A3xMxHCvzqUg==$Hd+0rdQ/aTaC/GMJuWjEhckcbRS/LRiyfm5iupPe0/s=",
        "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBs",
        "$shiro2$argon2id$v=19$t=1,m=65536,p=4$Wj/TYBdGiKbbjpxbpL1QPg$3q4QnoeuOyho6JyPoe4I",
        "$shiro2$2y$10$BSFBCLhPf79Z/yK8dqCTU.aeep7heo/jAVXJA2mRq6rdzgvdCP1wa",
        "$2$05$......................XuQjdH.wPVNUZ/bOfstdW/FqB8QSjte",
        "$pbkdf2-sha512$10$..../w$AhcXvEhq7FcqGcYSX1gukMFMdaqION4VUN6B3WXjm1k",
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
        "{noop@SpringSecurity_v5_8}x",
        "{@}x",
        "{bcrypt@}x",
        "$plain$x",
        "!",
        "*",
        "~",
        "null"
      })
  void takesNothingElse(String text) {
    assertThat(HashForm.mayBeHash(Secret.ofText(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "p\u00e4ssw\u00f6rd \u20ac", "$ecret", "!", ""})
  void takesATextWithoutControlCharactersForAPasswordInTheClear(String text) {
    assertThat(HashForm.mayBePlaintext(Secret.ofText(text))).isTrue();
  }

  @Test
  void takesNoControlCharactersAndNothingLongForAPasswordInTheClear() {
    assertThat(HashForm.mayBePlaintext(Secret.ofText("sec\nret"))).isFalse();
    assertThat(HashForm.mayBePlaintext(Secret.ofText("secret\u007f"))).isFalse();
    assertThat(HashForm.mayBePlaintext(Secret.ofText("x".repeat(4096)))).isTrue();
    assertThat(HashForm.mayBePlaintext(Secret.ofText("x".repeat(4097)))).isFalse();
  }

  @Test
  void boundsTheLength() {
    String longest = "$6$" + "x".repeat(4093);

    assertThat(HashForm.mayBeHash(Secret.ofText(longest))).isTrue();
    assertThat(HashForm.mayBeHash(Secret.ofText(longest + "x"))).isFalse();
  }
}
