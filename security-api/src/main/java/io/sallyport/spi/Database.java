package io.sallyport.spi;

import javax.sql.DataSource;

/**
 * A database that several parts of an application share: a pool of connections, or a way to one.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface Database extends AutoCloseable {

  /**
   * Where connections come from. Whoever takes one closes it at once when it is done with it, and hands it back
   * as it was.
   *
   * @return always the same data source
   */
  DataSource dataSource();

  /** Frees what is held. Called once, after all parts that may use it have been closed. */
  @Override
  default void close() {}
}
