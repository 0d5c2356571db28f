package io.sallyport.core.internal.transport;

/** The two sets of header fields in which proxies report whom they speak for. One of them counts. */
public enum HeaderFamily {
  /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
  X_FORWARDED,
  /** {@code Forwarded}, as RFC 7239 has it. */
  FORWARDED
}
