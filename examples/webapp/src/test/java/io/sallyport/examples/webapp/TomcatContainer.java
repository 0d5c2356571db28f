package io.sallyport.examples.webapp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;

/** Tomcat. It tells in its log only why an application did not start. */
final class TomcatContainer implements Container {

  private final Tomcat tomcat = new Tomcat();
  private Context context;

  TomcatContainer() {
    try {
      tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.start();
    } catch (IOException | LifecycleException e) {
      throw new IllegalStateException("Tomcat did not start", e);
    }
  }

  @Override
  public URI deploy(Path webapp) throws NotStartedException {
    try (var log = new CapturedLog()) {
      context = tomcat.addWebapp(CONTEXT_PATH, webapp.toString());
      if (context.getState() != LifecycleState.STARTED) {
        throw new NotStartedException(log.text());
      }
    }
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + CONTEXT_PATH);
  }

  @Override
  public String toString() {
    return "Tomcat";
  }

  @Override
  public void undeploy() {
    if (context != null) {
      tomcat.getHost().removeChild(context);
      context = null;
    }
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop", e);
    }
  }
}
