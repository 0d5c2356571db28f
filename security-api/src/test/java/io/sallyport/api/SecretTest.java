package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void showsNothingOfItsContents() {
    Secret secret = Secret.ofText("hunter2");

    assertThat(secret.toString()).isEqualTo("Secret[hidden]");
    assertThat("" + new Credential.Stored(secret)).doesNotContain("hunter2");
  }

  @Test
  void isEqualToItselfAloneAndComparesContentsWhereAsked() {
    Secret one = Secret.ofText("same");
    Secret other = Secret.ofBytes(new byte[] {'s', 'a', 'm', 'e'});

    assertThat(one).isNotEqualTo(other);
    assertThat(one.matches(other)).isTrue();
    assertThat(one.matches(Secret.ofText("samE"))).isFalse();
    assertThat(one.matches(Secret.ofText("same "))).isFalse();
  }

  @Test
  void keepsTextAsUtf8() {
    Secret secret = Secret.ofText("pä€");

    assertThat(secret.length()).isEqualTo(6);
    assertThat(secret.revealText()).isEqualTo("pä€");
    assertThat(secret.isEmpty()).isFalse();
    assertThat(Secret.ofText("").isEmpty()).isTrue();
  }

  @Test
  void handsOutCopiesAndAReadOnlyView() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.ofBytes(bytes);

    bytes[0] = 9;
    secret.revealBytes()[1] = 9;

    assertThat(secret.revealBytes()).containsExactly(1, 2, 3);
    assertThat(secret.revealBuffer().isReadOnly()).isTrue();
  }

  @Test
  void isOverwrittenWhenItIsClosed() {
    Secret secret = Secret.ofBytes(new byte[] {1, 2, 3});

    secret.close();

    assertThat(secret.revealBytes()).containsExactly(0, 0, 0);
  }
}
