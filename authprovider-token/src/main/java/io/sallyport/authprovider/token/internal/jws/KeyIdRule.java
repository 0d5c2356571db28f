package io.sallyport.authprovider.token.internal.jws;

/** Whether a token's header has to tell by {@code kid} which key it is signed with. */
public enum KeyIdRule {
  /** It must not: there is one key, and it has no name. */
  NONE,
  /** It may. */
  OPTIONAL,
  /** It must. */
  REQUIRED
}
