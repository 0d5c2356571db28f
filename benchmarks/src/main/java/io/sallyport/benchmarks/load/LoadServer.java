package io.sallyport.benchmarks.load;

import io.sallyport.core.Sallyport;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;

/** The server of the load test, in a process of its own: Tomcat, and Sallyport before two servlets. */
final class LoadServer {

  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");
  private static final int THREADS = 400;

  private LoadServer() {}

  /** Starts it with the security.yaml of a folder, and says on which port. Ends when its input does. */
  public static void main(String[] args) throws Exception {
    TOMCAT_LOG.setLevel(Level.WARNING);
    Path folder = Path.of(args[0]);
    var sallyport = Sallyport.load(folder.resolve("security.yaml"));
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
    tomcat
        .addContext("", folder.toString())
        .addServletContainerInitializer(new Application(sallyport), null);
    tomcat.start();
    System.out.println(
        ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler()).getLocalPort());
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  /** A refused sign-in holds a thread of the container until it is answered. */
  private static Connector connector() {
    var connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(THREADS));
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setThrowOnFailure(true);
    return connector;
  }

  private static final class Application implements ServletContainerInitializer {

    private final Sallyport sallyport;

    Application(Sallyport sallyport) {
      this.sallyport = sallyport;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
        throws ServletException {
      sallyport.register(context);
      context.addServlet("items", new Items()).addMapping("/api/items");
      context.addServlet("memory", new Memory()).addMapping("/memory");
    }
  }

  private static final class Items extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] BODY = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }

  /** Tells the heap that is in use after a collection, and the resident memory now and at its greatest. */
  private static final class Memory extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      var memory = ManagementFactory.getMemoryMXBean();
      long before = memory.getHeapMemoryUsage().getUsed();
      String resident = resident("VmRSS") + " " + resident("VmHWM");
      memory.gc();
      byte[] body = (before / 1024 + " " + memory.getHeapMemoryUsage().getUsed() / 1024 + " "
              + resident)
          .getBytes(StandardCharsets.UTF_8);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }

    private static String resident(String field) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .findFirst()
          .orElse("0");
    }
  }
}
