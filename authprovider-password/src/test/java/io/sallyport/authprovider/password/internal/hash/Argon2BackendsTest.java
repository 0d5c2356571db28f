package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Platform;
import de.mkammerer.argon2.Argon2Factory;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.UnavailableException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.UnixCrypt;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.springframework.security.crypto.bcrypt.BCrypt;

class Argon2BackendsTest {

  private static Argon2Backend noNativeCode() {
    throw new UnsatisfiedLinkError("Unable to load library 'argon2'");
  }

  private static Argon2Backend noBouncyCastle() {
    throw new NoClassDefFoundError("org/bouncycastle/crypto/generators/Argon2BytesGenerator");
  }

  @Test
  void computesTheSameInJavaAndInNativeCode() {
    Random random = new Random(9106);
    Argon2Backend inNative = new NativeArgon2();
    Argon2Backend inJava = new JavaArgon2();
    for (int i = 0; i < 60; i++) {
      int lanes = 1 + random.nextInt(4);
      Argon2Parameters cost = new Argon2Parameters(
          List.of(Argon2Type.values()).get(i % 3),
          i % 2 == 0 ? Argon2Parameters.CURRENT_VERSION : Argon2Parameters.OLD_VERSION,
          8 * lanes + random.nextInt(100),
          1 + random.nextInt(3),
          lanes);
      byte[] password = bytes(random, random.nextInt(100));
      byte[] salt = bytes(random, 8 + random.nextInt(40));
      int length = 4 + random.nextInt(100);

      assertThat(inJava.hash(cost, password, salt, length))
          .as("%s", cost)
          .isEqualTo(inNative.hash(cost, password, salt, length));
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void computesInJavaWhereNativeCodeCannotBeLoaded() throws Exception {
    Argon2Scheme scheme =
        Argon2Backends.load(Argon2Choice.AUTO, Argon2BackendsTest::noNativeCode, JavaArgon2::new);

    String stored = scheme.hash(Argon2Parameters.argon2id(64, 1, 1), "secret".getBytes(UTF_8));

    assertThat(
            Argon2Scheme.load(Argon2Choice.NATIVE).read(stored).matches("secret".getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void namesBothWaysOutWhereNeitherIsThere() {
    assertThatThrownBy(() -> Argon2Backends.load(
            Argon2Choice.AUTO,
            Argon2BackendsTest::noNativeCode,
            Argon2BackendsTest::noBouncyCastle))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("de.mkammerer:argon2-jvm")
        .hasMessageContaining("org.bouncycastle:bcprov-jdk18on");
  }

  @Test
  void takesNothingElseThanWhatWasChosen() {
    assertThatThrownBy(() -> Argon2Backends.load(
            Argon2Choice.NATIVE, Argon2BackendsTest::noNativeCode, JavaArgon2::new))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("de.mkammerer:argon2-jvm");
    assertThatThrownBy(() -> Argon2Backends.load(
            Argon2Choice.JAVA, NativeArgon2::new, Argon2BackendsTest::noBouncyCastle))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("org.bouncycastle:bcprov-jdk18on");
    assertThat(Argon2Scheme.load(Argon2Choice.JAVA)).isNotNull();
  }

  @Test
  void cannotTellWhereTheHeapIsTooSmall() {
    Argon2Backend inJava = new JavaArgon2();
    Argon2Parameters beyondAnyHeap = Argon2Parameters.argon2id(Integer.MAX_VALUE, 1, 1);

    assertThatThrownBy(() -> inJava.hash(beyondAnyHeap, new byte[1], new byte[16], 32))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void cannotTellWhereAComputationRunsOutOfMemoryOrStack() {
    HashCost cost = new HashCost("scrypt", "", 0);
    StoredHash full = new DerivedHash(cost, new byte[1], password -> {
      throw new OutOfMemoryError("Java heap space");
    });
    StoredHash deep = new DerivedHash(cost, new byte[1], password -> {
      throw new StackOverflowError();
    });

    assertThatThrownBy(() -> full.matches(new byte[1])).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> deep.matches(new byte[1])).isInstanceOf(UnavailableException.class);
  }

  /** The same classes, with everything but Bouncy Castle. */
  @Test
  void readsAllButScryptWithoutBouncyCastle() throws Exception {
    try (URLClassLoader without = withoutBouncyCastle()) {
      Class<?> probe = without.loadClass(SchemesProbe.class.getName());
      Object answers = probe.getMethod("answers").invoke(null);

      assertThat(answers)
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
          .containsExactly(
              "true",
              "true",
              "is of scrypt, for which the application needs a library: add"
                  + " org.bouncycastle:bcprov-jdk18on (on the module path also --add-modules"
                  + " org.bouncycastle.provider)");
    }
    assertThat(SchemesProbe.answers()).containsExactly("true", "true", "true");
  }

  private static URLClassLoader withoutBouncyCastle() {
    URL[] urls = Stream.of(
            SchemesProbe.class,
            PasswordSchemes.class,
            UnavailableException.class,
            Argon2Factory.class,
            Platform.class,
            BCrypt.class,
            UnixCrypt.class,
            Logger.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
    // the platform's loader would find the modules of this test
    return new URLClassLoader(urls, null);
  }
}
