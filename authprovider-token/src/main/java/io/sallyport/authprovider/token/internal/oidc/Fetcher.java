package io.sallyport.authprovider.token.internal.oidc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Gets documents from addresses of the configuration, bounded in time and size, and follows no redirect. */
final class Fetcher {

  private static final int MAX_BYTES = 512 * 1024;

  private final HttpClient client;
  private final Duration timeout;

  /**
   * A fetcher.
   *
   * @param timeout how long one document may take, from the connection to its last byte
   * @param trust whom to trust, null for what Java trusts
   */
  Fetcher(Duration timeout, @Nullable SSLContext trust) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(timeout);
    this.client = trust == null ? builder.build() : builder.sslContext(trust).build();
    this.timeout = timeout;
  }

  /** The document at an address. */
  byte[] get(URI address) throws FetchFailedException {
    HttpRequest request = HttpRequest.newBuilder(address)
        .timeout(timeout)
        .header("Accept", "application/json")
        .build();
    // the time-out of a request ends with the header of the answer; the body may come byte by byte
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, unused -> new LimitedBody(MAX_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new FetchFailedException(
            address + " answered " + response.statusCode() + " instead of 200", null);
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new FetchFailedException(
          address + " did not answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new FetchFailedException(address + " cannot be read: " + kind(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchFailedException("interrupted while reading " + address, e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Without its message, since that may repeat what the other end has sent. */
  private static String kind(ExecutionException e) {
    return e.getCause() == null ? "unknown" : e.getCause().getClass().getSimpleName();
  }
}
