package io.sallyport.examples.webapp;

import java.net.URI;
import java.nio.file.Path;

/** A servlet container in this process, listening on a free port of the loopback address. */
interface Container extends AutoCloseable {

  String CONTEXT_PATH = "/app";

  /** Starts an application from its folder and returns where it is. */
  URI deploy(Path webapp) throws NotStartedException;

  /** Stops the application, if there is one; the container goes on. */
  void undeploy();

  @Override
  void close();

  /** The application did not come up; the message is all that an operator would read. */
  final class NotStartedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotStartedException(String told) {
      super(told);
    }
  }
}
