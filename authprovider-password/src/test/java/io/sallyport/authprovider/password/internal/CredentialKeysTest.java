package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Secret;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CredentialKeysTest {

  private final CredentialKeys keys = new CredentialKeys();

  @Test
  void areEqualForEqualCredentialsOnly() {
    CredentialKey key = key("main", "u-1", "$hash", "secret");

    assertThat(key).isEqualTo(key("main", "u-1", "$hash", "secret"));
    assertThat(Set.of(
            key,
            key("maim", "u-1", "$hash", "secret"),
            key("main", "u-2", "$hash", "secret"),
            key("main", "u-1", "$hasi", "secret"),
            key("main", "u-1", "$hash", "secreu"),
            key("main", "u-1", "$hash", "secret "),
            key("main", "u-1", "", "secret"),
            keys.ofUser("main", "u-1", Secret.ofText("secret")),
            keys.ofUnknown("u-1", Secret.ofText("secret"))))
        .hasSize(9);
  }

  /** Parts that are the same text when they are put together. */
  @Test
  void doNotDependOnWhereOnePartEndsAndTheNextBegins() {
    assertThat(Set.of(
            key("main", "u", "hash", "secret"),
            key("mainu", "", "hash", "secret"),
            key("", "mainu", "hash", "secret"),
            key("main", "uh", "ash", "secret"),
            key("main", "u", "hashs", "ecret"),
            key("main", "u", "hashsecret", ""),
            keys.ofUser("main", "uhash", Secret.ofText("secret")),
            keys.ofUser("mainu", "hash", Secret.ofText("secret")),
            keys.ofUnknown("mainuhash", Secret.ofText("secret"))))
        .hasSize(9);
  }

  @Test
  void differByEachBitOfThePassword() {
    byte[] password = new byte[40];
    new Random(20261123).nextBytes(password);
    Set<CredentialKey> seen = new HashSet<>();

    for (int bit = 0; bit < 8 * password.length; bit++) {
      password[bit / 8] ^= (byte) (1 << bit % 8);
      seen.add(keys.ofUser("main", "u", Secret.ofText("hash"), Secret.ofBytes(password)));
      password[bit / 8] ^= (byte) (1 << bit % 8);
    }

    assertThat(seen).hasSize(8 * password.length);
  }

  @Test
  void areOthersInEachProcess() {
    assertThat(new CredentialKeys().ofUnknown("bob", Secret.ofText("secret")))
        .isNotEqualTo(keys.ofUnknown("bob", Secret.ofText("secret")));
  }

  @Test
  void areTheSameOnManyThreads() {
    CredentialKey expected = key("main", "u", "hash", "secret");

    long right = IntStream.range(0, 20_000)
        .parallel()
        .filter(i -> key("main", "u", "hash", "secret").equals(expected)
            && !key("main", "u", "hash", "secret" + i).equals(expected))
        .count();

    assertThat(right).isEqualTo(20_000);
  }

  @Test
  void leaveThePasswordAsItIsAndDoNotShowThemselves() {
    Secret password = Secret.ofText("secret");

    CredentialKey key = keys.ofUnknown("bob", password);

    assertThat(password.revealText()).isEqualTo("secret");
    assertThat(key).hasToString("CredentialKey[hidden]");
  }

  private CredentialKey key(String store, String id, String hash, String password) {
    return keys.ofUser(store, id, Secret.ofText(hash), Secret.ofText(password));
  }
}
