package io.sallyport.authprovider.token.internal.store;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the tokens that a query asks for, and brings them in order. */
final class TokenListing {

  private TokenListing() {}

  static TokenPage page(TokenTable table, TokenQuery query) {
    Collection<StoredToken> candidates =
        query.owner() == null ? table.tokens() : table.tokensOf(query.owner());
    List<StoredToken> found = candidates.stream()
        .filter(token -> matches(token, query))
        .sorted(order(query))
        .toList();
    int from = Math.min(query.offset(), found.size());
    int to = Math.min(found.size() - from, query.size()) + from;
    return new TokenPage(found.subList(from, to), found.size());
  }

  private static boolean matches(StoredToken token, TokenQuery query) {
    String part = query.description();
    return token.kind() == TokenKind.STORED
        && (query.id() == null || query.id().equals(token.id()))
        && (query.username() == null || query.username().equals(token.username()))
        && (part == null
            || token.description().filter(text -> text.contains(part)).isPresent());
  }

  private static Comparator<StoredToken> order(TokenQuery query) {
    boolean turned = query.descending();
    Comparator<StoredToken> byValue = switch (query.sort()) {
      case ID -> by(token -> Optional.of(token.id()), turned);
      case USERNAME -> by(token -> Optional.of(token.username()), turned);
      case DESCRIPTION -> by(StoredToken::description, turned);
      case CREATED -> by(token -> Optional.of(token.createdAt()), turned);
      case EXPIRES -> by(StoredToken::expiresAt, turned);
      case LAST_USED -> by(StoredToken::lastUsedAt, turned);
    };
    return byValue.thenComparing(StoredToken::id);
  }

  /** What lacks the value comes last in either order. */
  private static <T extends Comparable<T>> Comparator<StoredToken> by(
      Function<StoredToken, Optional<T>> value, boolean turned) {
    Comparator<T> order = turned ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return (one, two) -> {
      Optional<T> first = value.apply(one);
      Optional<T> second = value.apply(two);
      if (first.isPresent() && second.isPresent()) {
        return order.compare(first.get(), second.get());
      }
      return Boolean.compare(first.isEmpty(), second.isEmpty());
    };
  }
}
