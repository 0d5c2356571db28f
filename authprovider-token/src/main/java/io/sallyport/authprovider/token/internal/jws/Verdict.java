package io.sallyport.authprovider.token.internal.jws;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.AuthenticationResult.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one step of the verification makes of a token: something to go on with, or why not. */
public sealed interface Verdict<T> {

  /** The step is passed. */
  record Accepted<T>(T value) implements Verdict<T> {
    public Accepted {
      requireNonNull(value, "value");
    }
  }

  /** The token must not be accepted; {@code subject} is known only once its signature was right. */
  record Refused<T>(Reason reason, String detail, @Nullable String subject) implements Verdict<T> {
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }

  static <T> Verdict<T> accepted(T value) {
    return new Accepted<>(value);
  }

  static <T> Verdict<T> refused(Reason reason, String detail) {
    return new Refused<>(reason, detail, null);
  }

  static <T> Verdict<T> malformed(String fault) {
    return refused(Reason.MALFORMED, "invalid token: " + fault);
  }

  /** Of somebody else, as far as can be told, so that another provider is asked. */
  static <T> Verdict<T> foreign(String fault) {
    return refused(Reason.FOREIGN, "invalid token: " + fault);
  }

  /** The next step, taken only if this one is passed. */
  default <R> Verdict<R> then(Function<? super T, Verdict<R>> next) {
    if (this instanceof Accepted<T> accepted) {
      return next.apply(accepted.value());
    }
    Refused<T> refused = (Refused<T>) this;
    return new Refused<>(refused.reason(), refused.detail(), refused.subject());
  }
}
