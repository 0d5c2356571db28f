package io.sallyport.core.internal.tls;

import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Java's context, with our own way to make engines. */
final class ServerContext extends SSLContext {

  ServerContext(
      Supplier<PemKeyMaterial> pair, Supplier<ClientAuthorities> authorities, InstantSource clock) {
    this(new RenewingContext(pair, authorities, clock));
  }

  private ServerContext(RenewingContext renewing) {
    super(renewing, renewing.provider(), "TLS");
  }
}
