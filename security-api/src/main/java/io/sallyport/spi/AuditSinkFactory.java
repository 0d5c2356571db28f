package io.sallyport.spi;

/**
 * Makes audit sinks.
 *
 * @since 0.1
 */
public interface AuditSinkFactory extends Factory<AuditSink> {}
