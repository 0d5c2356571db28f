package io.sallyport.containers;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What stands before the handlers, and what they learn from it. */
interface Protection extends AutoCloseable {

  /** Puts itself before an application that is about to start. */
  void register(ServletContext context) throws ServletException;

  /** The tenant that a request is for. */
  Optional<String> tenant(HttpServletRequest request);

  /** A fresh token for the caller. */
  Optional<String> token(HttpServletRequest request);

  @Override
  void close();
}
