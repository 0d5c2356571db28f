package io.sallyport.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response without a container; keeps status, fields and body until {@link #reset}. */
final class BenchResponse implements HttpServletResponse {

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = SC_OK;
  private boolean committed;

  String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void reset() {
    names.clear();
    values.clear();
    body.reset();
    status = SC_OK;
    committed = false;
  }

  @Override
  public void resetBuffer() {
    body.reset();
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int newStatus) {
    status = newStatus;
  }

  @Override
  public void sendError(int error) {
    status = error;
    committed = true;
  }

  @Override
  public void sendError(int error, @Nullable String message) {
    sendError(error);
  }

  @Override
  public void sendRedirect(String location) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean containsHeader(String name) {
    return indexOf(name) >= 0;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    int index = indexOf(name);
    if (value == null) {
      if (index >= 0) {
        names.remove(index);
        values.remove(index);
      }
    } else if (index >= 0) {
      values.set(index, value);
    } else {
      addHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    names.add(name);
    values.add(value);
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, Long.toString(date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, Long.toString(date));
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public @Nullable String getHeader(String name) {
    int index = indexOf(name);
    return index < 0 ? null : values.get(index);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        found.add(values.get(i));
      }
    }
    return found;
  }

  @Override
  public Collection<String> getHeaderNames() {
    return List.copyOf(names);
  }

  @Override
  public void addCookie(Cookie cookie) {
    addHeader("Set-Cookie", cookie.getName() + "=" + cookie.getValue());
  }

  @Override
  public String encodeURL(String url) {
    return url;
  }

  @Override
  public String encodeRedirectURL(String url) {
    return url;
  }

  @Override
  public String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public void setCharacterEncoding(@Nullable String charset) {}

  @Override
  public @Nullable String getContentType() {
    return getHeader("Content-Type");
  }

  @Override
  public void setContentType(@Nullable String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public void setContentLength(int length) {
    setIntHeader("Content-Length", length);
  }

  @Override
  public void setContentLengthLong(long length) {
    setHeader("Content-Length", Long.toString(length));
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(int b) {
        body.write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        body.write(bytes, from, length);
      }
    };
  }

  @Override
  public PrintWriter getWriter() {
    return new PrintWriter(body, true, StandardCharsets.UTF_8);
  }

  @Override
  public void setBufferSize(int size) {}

  @Override
  public int getBufferSize() {
    return 8192;
  }

  @Override
  public void flushBuffer() {
    committed = true;
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void setLocale(Locale locale) {}

  @Override
  public Locale getLocale() {
    return Locale.ENGLISH;
  }
}
