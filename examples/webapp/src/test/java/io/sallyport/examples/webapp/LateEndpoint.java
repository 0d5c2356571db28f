package io.sallyport.examples.webapp;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** Registers a web socket in code, after all initializers have been run. */
public final class LateEndpoint implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    var sockets = (ServerContainer)
        event.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
    try {
      sockets.addEndpoint(
          ServerEndpointConfig.Builder.create(ProgrammaticEcho.class, "/late").build());
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }
}
