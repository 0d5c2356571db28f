package io.sallyport.examples.webapp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Serves pages of another site than the application's, and takes down what their scripts report. */
final class PageServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final HttpServer server;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> reports = new ConcurrentHashMap<>();

  PageServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::page);
    server.createContext("/report", this::report);
    server.start();
  }

  /** What browsers call this server: another site than its numeric address. */
  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  PageServer page(String path, String content) {
    pages.put(path, content);
    return this;
  }

  /** What a script has reported under a name, once it has. */
  String reported(String name) {
    return report(name).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private CompletableFuture<String> report(String name) {
    return reports.computeIfAbsent(name, any -> new CompletableFuture<>());
  }

  private void page(HttpExchange exchange) throws IOException {
    String content = pages.get(exchange.getRequestURI().getPath());
    byte[] body = String.valueOf(content).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(content == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void report(HttpExchange exchange) throws IOException {
    String[] report = exchange.getRequestURI().getRawQuery().split("=", 2);
    report(report[0]).complete(URLDecoder.decode(report[1], StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
