package io.sallyport.core.internal.rules;

import io.sallyport.api.Target;

/** What came of reading a request's target. */
public sealed interface Reading {

  /**
   * The target can be read in one way only.
   *
   * @param target what is decided on
   * @param method the method as sent, which differs from the target's for HEAD
   */
  record Canonical(Target target, String method) implements Reading {}

  /**
   * The target must not be decided on: the answer is 400.
   *
   * @param why the reason, for the operator; holds no part of what was sent
   */
  record Refused(String why) implements Reading {}
}
