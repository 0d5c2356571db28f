package io.sallyport.core;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A real container on a free port of the loopback interface. */
final class TomcatFixture implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a test servlet does with a request. */
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  final Tomcat tomcat = new Tomcat();
  final Context context;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  TomcatFixture(Path folder) {
    this(folder, "");
  }

  TomcatFixture(Path folder, String contextPath) {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    context = tomcat.addContext(contextPath, folder.toString());
  }

  TomcatFixture servlet(String pattern, Handler handler) {
    HttpServlet servlet = new HttpServlet() {
      private static final long serialVersionUID = 1L;

      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response)
          throws ServletException, IOException {
        handler.handle(request, response);
      }
    };
    return servlet(pattern, servlet);
  }

  TomcatFixture servlet(String pattern, HttpServlet servlet) {
    Wrapper wrapper = Tomcat.addServlet(context, "servlet " + pattern, servlet);
    wrapper.setAsyncSupported(true);
    // which Tomcat forgets of a servlet that is there already
    wrapper.setServletClass(servlet.getClass().getName());
    wrapper.addMapping(pattern);
    return this;
  }

  TomcatFixture initializer(ServletContainerInitializer initializer) {
    context.addServletContainerInitializer(initializer, Set.of());
    return this;
  }

  TomcatFixture filter(String name, Filter filter, String pattern) {
    FilterMap map = new FilterMap();
    map.addURLPattern(pattern);
    return filter(name, filter, map);
  }

  TomcatFixture filterOfServlet(String name, Filter filter, String servlet) {
    FilterMap map = new FilterMap();
    map.addServletName(servlet);
    return filter(name, filter, map);
  }

  private TomcatFixture filter(String name, Filter filter, FilterMap map) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    map.setFilterName(name);
    for (String dispatcher : new String[] {"REQUEST", "FORWARD", "INCLUDE", "ASYNC", "ERROR"}) {
      map.setDispatcher(dispatcher);
    }
    context.addFilterMap(map);
    return this;
  }

  TomcatFixture errorPage(int status, String location) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(location);
    context.addErrorPage(page);
    return this;
  }

  TomcatFixture start() throws LifecycleException {
    tomcat.start();
    return this;
  }

  boolean isUp() {
    return context.getState() == LifecycleState.STARTED;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port() + path))
        .timeout(PATIENCE)
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a target and header lines as they are and returns the whole answer. */
  String rawGet(String target, String... headers) throws IOException {
    return rawSend("GET", target, headers);
  }

  /** The same with any method. */
  String rawSend(String method, String target, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: a"));
    lines.addAll(List.of(headers));
    lines.addAll(List.of("Connection: close", "", ""));
    return raw(String.join("\r\n", lines));
  }

  /** Like {@link #rawGet}, over a connection from another address of this machine. */
  String rawGetFrom(String source, String target, String... headers) throws IOException {
    return rawFrom(source, "GET " + target, headers);
  }

  /** A POST without a body, over a connection from another address of this machine. */
  String rawPostFrom(String source, String target, String... headers) throws IOException {
    return rawFrom(source, "POST " + target, headers);
  }

  private String rawFrom(String source, String what, String... headers) throws IOException {
    List<String> lines = new ArrayList<>(List.of(what + " HTTP/1.1"));
    if (Arrays.stream(headers).noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: a");
    }
    lines.addAll(List.of(headers));
    lines.addAll(List.of("Content-Length: 0", "Connection: close", "", ""));
    return raw(InetAddress.getByName(source), String.join("\r\n", lines));
  }

  /** Sends a request as it is and returns the whole answer. */
  String raw(String request) throws IOException {
    return raw(InetAddress.getLoopbackAddress(), request);
  }

  private String raw(InetAddress source, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(), source, 0)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
