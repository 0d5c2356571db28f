package io.sallyport.api;

/**
 * Kinds of tokens that a caller may present.
 *
 * @since 0.1
 */
public enum TokenKind {
  /** Checked by a key: a JWT that this application, or another node of it, has signed. */
  SIGNED,
  /** Looked up in a {@link io.sallyport.spi.TokenStore}: made for a program, lives long. */
  STORED,
  /** Looked up in a {@link io.sallyport.spi.TokenStore}, good once, and for nothing but new tokens. */
  REFRESH,
  /** Made by an outside issuer. */
  OUTSIDE
}
