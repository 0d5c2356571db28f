package io.sallyport.authprovider.password.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {

  @Test
  void passesTheRealLibrary() {
    assertThat(Argon2Scheme.load()).isNotNull();
  }

  @Test
  void namesTheArtifactsWhenTheJarsAreMissing() {
    assertThatThrownBy(() -> KnownAnswers.checked(() -> {
          throw new NoClassDefFoundError("de/mkammerer/argon2/Argon2Factory");
        }))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("Argon2Factory")
        .hasMessageContaining("de.mkammerer:argon2-jvm")
        .hasMessageContaining("net.java.dev.jna:jna");
  }

  @Test
  void namesTheArtifactsWhenTheNativeLibraryDoesNotLoad() {
    Argon2Backend withoutNatives = (parameters, password, salt, length) -> {
      throw new UnsatisfiedLinkError("Unable to load library 'argon2':\nfirst\nsecond");
    };

    assertThatThrownBy(() -> KnownAnswers.checked(() -> new Argon2Scheme(withoutNatives)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("Unable to load library 'argon2'")
        .hasMessageContaining("de.mkammerer:argon2-jvm")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void refusesALibraryThatComputesAnythingElse() {
    Argon2Backend wrong = (parameters, password, salt, length) -> new byte[length];

    assertThatThrownBy(() -> KnownAnswers.checked(() -> new Argon2Scheme(wrong)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("wrong answers");
  }

  @Test
  void refusesALibraryThatCallsEveryPasswordRight() {
    Argon2Backend real = new NativeArgon2();
    byte[] right = {'p', 'a', 's', 's', 'w', 'o', 'r', 'd'};
    Argon2Backend yes =
        (parameters, password, salt, length) -> real.hash(parameters, right, salt, length);

    assertThatThrownBy(() -> KnownAnswers.checked(() -> new Argon2Scheme(yes)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("wrong answers");
  }

  @Test
  void saysWhatTheLibraryReported() {
    Argon2Backend failing = (parameters, password, salt, length) -> {
      throw new UnavailableException("Memory allocation error (-22)", Duration.ofSeconds(1), null);
    };

    assertThatThrownBy(() -> KnownAnswers.checked(() -> new Argon2Scheme(failing)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("Memory allocation error");
  }
}
