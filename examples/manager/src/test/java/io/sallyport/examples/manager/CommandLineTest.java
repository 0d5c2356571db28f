package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.examples.manager.CommandLine.UsageException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void listensOnPort8100OfTomcatWithTheBundledConfigurationUnlessTold() throws Exception {
    CommandLine read = CommandLine.parse();

    assertThat(read)
        .isEqualTo(
            new CommandLine(8100, null, Container.Kind.TOMCAT, Path.of("sallyport-data"), false));
  }

  @Test
  void readsEveryOption() throws Exception {
    CommandLine read = CommandLine.parse(
        "--port", "0", "--config", "a b.yaml", "--container", "jetty", "--data", "d", "--help");

    assertThat(read)
        .isEqualTo(
            new CommandLine(0, Path.of("a b.yaml"), Container.Kind.JETTY, Path.of("d"), true));
  }

  @Test
  void takesTheLastOfAnOptionThatIsThereTwice() throws Exception {
    CommandLine read = CommandLine.parse("--data", "first", "--data", "second");

    assertThat(read.data()).isEqualTo(Path.of("second"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "65535"})
  void takesPortsUpToTheirLimits(String port) throws Exception {
    CommandLine read = CommandLine.parse("--port", port);

    assertThat(read.port()).isEqualTo(Integer.parseInt(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "", "99999999999"})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> CommandLine.parse("--port", port))
        .isInstanceOf(UsageException.class)
        .hasMessage("--port " + port + ": expected a number from 0 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "--prot,unknown option --prot",
    "extra,unknown option extra",
    "--port,--port needs a value",
    "--config,--config needs a value",
  })
  void refusesWhatItDoesNotKnow(String argument, String message) {
    assertThatThrownBy(() -> CommandLine.parse(argument))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"undertow", "Tomcat", ""})
  void refusesContainersThatAreNotThere(String name) {
    assertThatThrownBy(() -> CommandLine.parse("--container", name))
        .isInstanceOf(UsageException.class)
        .hasMessage("--container " + name + ": expected tomcat or jetty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\0b"})
  void refusesWhatIsNoPath(String path) {
    assertThatThrownBy(() -> CommandLine.parse("--config", path))
        .isInstanceOf(UsageException.class)
        .hasMessage("--config: expected a path");
  }
}
