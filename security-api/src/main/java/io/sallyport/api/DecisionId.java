package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * What a decision is called: a prefix that is random for each process, the number of the request and
 * the number of the dispatch within it. Becomes text only when something asks for it.
 *
 * @param process the random prefix
 * @param request the number of the request
 * @param dispatch zero for the request itself, then counted
 * @since 0.1
 */
public record DecisionId(String process, long request, int dispatch) {
  /**
   * An id.
   *
   * @param process the random prefix
   * @param request the number of the request
   * @param dispatch zero for the request itself, then counted
   */
  public DecisionId {
    requireNonNull(process, "process");
  }

  /**
   * What all decisions of the same request have in common.
   *
   * @return prefix and number of the request
   */
  public String requestId() {
    return process + "-" + Long.toString(request, 36);
  }

  /**
   * The id of the next dispatch of the same request.
   *
   * @return an id with the same request and the next number
   */
  public DecisionId next() {
    return new DecisionId(process, request, dispatch + 1);
  }

  @Override
  public String toString() {
    return dispatch == 0 ? requestId() : requestId() + "." + dispatch;
  }
}
