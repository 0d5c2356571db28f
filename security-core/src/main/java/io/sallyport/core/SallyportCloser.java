package io.sallyport.core;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Closes what the initializer has opened when the application ends. */
final class SallyportCloser implements ServletContextListener {

  private final Sallyport sallyport;

  SallyportCloser(Sallyport sallyport) {
    this.sallyport = sallyport;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    sallyport.close();
  }
}
