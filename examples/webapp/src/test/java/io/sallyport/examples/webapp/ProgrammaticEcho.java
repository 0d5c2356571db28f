package io.sallyport.examples.webapp;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

/** Sends back what it gets; no annotation tells the container of it. */
public final class ProgrammaticEcho extends Endpoint {

  @Override
  public void onOpen(Session session, EndpointConfig configuration) {
    MessageHandler.Whole<String> echo = message -> session.getAsyncRemote().sendText(message);
    session.addMessageHandler(String.class, echo);
  }
}
