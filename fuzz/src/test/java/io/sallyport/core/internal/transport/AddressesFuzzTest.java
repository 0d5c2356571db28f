package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Addresses and their ranges: a text is the address that the JDK reads in it, or none; a range is read
 * or refused by an {@link IllegalArgumentException}, and holds its own address. Fields: an address, then
 * ranges.
 */
class AddressesFuzzTest {

  @DictionaryFile(resourcePath = "AddressesFuzzTest.dict")
  @FuzzTest
  void areReadAsTheJdkDoes(byte[] input) {
    Fields fields = Fields.of(input);
    String text = fields.text(0);

    Bounds.SMALL.check(() -> {
      checkAddress(text);
      checkRanges(fields.from(1), text);
      assertThat(ForwardingHeaders.include(text)).isIn(true, false);
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(AddressesFuzzTest.class).check(20_000, this::areReadAsTheJdkDoes);
  }

  private static void checkAddress(String text) {
    NumericAddress address = NumericAddress.parse(text);
    NumericAddress connection = NumericAddress.ofConnection(text);
    if (address != null) {
      assertThat(text).matches("[0-9A-Fa-f:.]{2,45}");
      if (text.indexOf('.') >= 0) {
        // octal to some programs
        assertThat(text.substring(text.lastIndexOf(':') + 1))
            .doesNotContainPattern("(^|\\.)0[0-9]");
      }
      assertThat(byTheJdk(address.toString())).as(text).isEqualTo(byTheJdk(text));
      assertThat(NumericAddress.parse(address.toString())).isEqualTo(address);
      assertThat(connection).isEqualTo(address);
      assertThat(NumericAddress.ofConnection("[" + text + "]")).isEqualTo(address);
    }
    if (connection == null) {
      assertThat(NumericAddress.normalized(text)).isEqualTo(text);
    }
    assertThat(AddressRanges.LOOPBACK.containsConnection(text))
        .as(text)
        .isEqualTo(connection != null && byTheJdk(connection.toString()).isLoopbackAddress());
  }

  private static void checkRanges(List<String> texts, String address) {
    try {
      AddressRanges ranges = AddressRanges.of(texts);
      assertThat(ranges.toString()).startsWith("[").endsWith("]");
      for (String text : texts) {
        assertThat(ranges.contains(NumericAddress.parse(text.replaceFirst("/.*", ""))))
            .as("%s in %s", text, ranges)
            .isTrue();
      }
      assertThat(ranges.containsConnection("unix:" + address)).isFalse();
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotBlank();
    }
  }

  /** Never a look-up: only called with what cannot be a name. */
  private static InetAddress byTheJdk(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("the JDK does not read " + address, e);
    }
  }
}
