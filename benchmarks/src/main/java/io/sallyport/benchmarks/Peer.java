package io.sallyport.benchmarks;

import jakarta.servlet.Filter;

/** A library's filter before an application, ready to be asked. */
public interface Peer extends AutoCloseable {

  Filter filter();

  @Override
  void close();

  /** The libraries, each with the settings that it is measured with. */
  enum Kind {
    /** Sallyport, which writes nothing down, as the others do. */
    SALLYPORT,
    /** Sallyport with its audit log in a file, as it is by default. */
    SALLYPORT_AUDIT,
    SPRING,
    SHIRO;

    Peer start(Accounts accounts) {
      return switch (this) {
        case SALLYPORT -> SallyportPeer.start(accounts, false);
        case SALLYPORT_AUDIT -> SallyportPeer.start(accounts, true);
        case SPRING -> SpringPeer.start(accounts);
        case SHIRO -> ShiroPeer.start(accounts);
      };
    }
  }
}
