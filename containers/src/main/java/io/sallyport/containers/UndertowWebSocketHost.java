package io.sallyport.containers;

import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;

/** Undertow 2.3 with a web socket in the host application, which it serves by a filter of its own. */
final class UndertowWebSocketHost {

  private UndertowWebSocketHost() {}

  public static void main(String[] args) throws Exception {
    Host.run(UndertowWebSocketHost::start, args);
  }

  private static int start(Mode mode, HostApplication application) throws ServletException {
    DeploymentInfo deployment = UndertowHost.deployment(mode, application);
    deployment.addServletContextAttribute(
        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
        new WebSocketDeploymentInfo()
            .setBuffers(new DefaultByteBufferPool(false, 1024))
            .addEndpoint(EchoSocket.class));
    return UndertowHost.start(mode, deployment);
  }
}
