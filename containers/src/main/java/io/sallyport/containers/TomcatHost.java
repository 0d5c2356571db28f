package io.sallyport.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.jspecify.annotations.Nullable;

/** Tomcat 10.1 and 11.0. */
final class TomcatHost {

  private TomcatHost() {}

  public static void main(String[] args) throws Exception {
    Host.run(TomcatHost::start, args);
  }

  private static int start(Mode mode, HostApplication application)
      throws IOException, LifecycleException, ReflectiveOperationException {
    Tomcat tomcat = new Tomcat();
    Path folder = Files.createTempDirectory(Path.of(""), "tomcat").toAbsolutePath();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    if (mode.lenient()) {
      makeLenient(connector);
    }
    VirtualThreads.asked().ifPresent(connector.getProtocolHandler()::setExecutor);
    Context context = tomcat.addContext(
        mode.contextPath(), Files.createDirectory(folder.resolve("root")).toString());
    context.addErrorPage(page(418, null));
    context.addErrorPage(page(0, Throwable.class));
    context.addServletContainerInitializer(application, Set.of());
    tomcat.start();
    if (context.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("the application did not start, see the log");
    }
    return connector.getLocalPort();
  }

  private static void makeLenient(Connector connector) {
    connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
    connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
    connector.setAllowBackslash(true);
    connector.setAllowTrace(true);
    connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
    connector.setProperty("relaxedQueryChars", "\"<>[\\]^`{|}");
  }

  private static ErrorPage page(int status, @Nullable Class<?> type) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    if (type != null) {
      page.setExceptionType(type.getName());
    }
    page.setLocation(Handler.ERROR_PAGE.mapping());
    return page;
  }
}
