package io.sallyport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenQueryTest {

  private static final TokenOwner ALICE = new TokenOwner("main", "u-1");

  private static TokenQuery page(int offset, int size) {
    return new TokenQuery(null, null, null, null, TokenQuery.Sort.ID, false, offset, size);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1000", "2147483647, 1000"})
  void takesAPageUpToTheGreatestSize(int offset, int size) {
    assertThat(page(offset, size)).isEqualTo(page(offset, size));
  }

  @ParameterizedTest
  @CsvSource({"-1, 10", "0, -1", "0, 1001", "-2147483648, 2147483647"})
  void refusesAPageOutOfBounds(int offset, int size) {
    assertThatThrownBy(() -> page(offset, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offset must be 0 or more and size 0 to 1000, got offset " + offset
            + " and size " + size);
  }

  @Test
  void ofAnOwnerIsForNobodyElse() {
    assertThat(TokenQuery.of(ALICE).owner()).isEqualTo(ALICE);
    assertThat(TokenQuery.of(ALICE).size()).isEqualTo(TokenQuery.MAX_SIZE);
  }

  @Test
  @SuppressWarnings("NullAway") // a null owner would mean everybody
  void ofNobodyIsRefusedAndDoesNotMeanEverybody() {
    assertThatThrownBy(() -> TokenQuery.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("owner");
  }

  @Test
  void aPageDoesNotChangeWithTheListThatItWasMadeOf() {
    List<StoredToken> tokens = new ArrayList<>();
    tokens.add(StoredToken.builder(TokenKind.STORED, "t1", ALICE, "alice", Instant.EPOCH)
        .build());
    TokenPage page = new TokenPage(tokens, 3);

    tokens.clear();

    assertThat(page.tokens()).hasSize(1);
    assertThat(page.total()).isEqualTo(3);
  }
}
