package io.sallyport.examples.webapp;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends back what it gets. */
@ServerEndpoint("/echo")
public final class EchoEndpoint {

  /** Answers one message. */
  @OnMessage
  public String echo(String message) {
    return message;
  }
}
