package io.sallyport.examples.webapp;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends back what it gets; no annotation tells the container of it. */
public final class ProgrammaticEcho extends Endpoint {

  @Override
  public void onOpen(Session session, EndpointConfig configuration) {
    MessageHandler.Whole<String> echo = message -> {
      try {
        session.getBasicRemote().sendText(message);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
    session.addMessageHandler(String.class, echo);
  }
}
