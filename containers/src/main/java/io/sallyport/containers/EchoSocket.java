package io.sallyport.containers;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** A web socket that says what it is told. */
@ServerEndpoint("/admin/echo")
public final class EchoSocket {

  /** For containers. */
  public EchoSocket() {}

  /**
   * Answers.
   *
   * @param message what came
   * @return the same
   */
  @OnMessage
  public String echo(String message) {
    return message;
  }
}
