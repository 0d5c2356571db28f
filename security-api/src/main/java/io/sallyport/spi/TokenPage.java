package io.sallyport.spi;

import io.sallyport.api.StoredToken;
import java.util.List;

/**
 * One page of stored tokens.
 *
 * @param tokens those of the page
 * @param total how many there are on all pages
 * @since 0.1
 */
public record TokenPage(List<StoredToken> tokens, long total) {
  /**
   * A page.
   *
   * @param tokens those of the page
   * @param total how many there are on all pages
   */
  public TokenPage {
    tokens = List.copyOf(tokens);
  }
}
