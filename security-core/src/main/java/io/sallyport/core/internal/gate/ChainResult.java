package io.sallyport.core.internal.gate;

import io.sallyport.api.Attempt;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the providers together make of a request. */
sealed interface ChainResult {

  /** What each of them said. */
  List<Attempt> attempts();

  /** The caller is known. */
  record Known(Identity identity, List<Attempt> attempts) implements ChainResult {}

  /** The caller is not known. */
  record Unknown(
      Outcome outcome,
      String reason,
      List<Attempt> attempts,
      @Nullable String claimedName,
      @Nullable Duration retryAfter)
      implements ChainResult {}
}
