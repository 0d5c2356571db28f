package io.sallyport.core;

import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.tls.ServerTls;
import io.sallyport.core.internal.tls.TlsFiles;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Reads {@code ssl}. */
final class TlsReader {

  private static final String CERTIFICATE = "certificate_path";
  private static final String KEY = "private_key_path";
  private static final String CLIENT_CA = "client_ca_path";

  private final DocumentSettings root;
  private final SallyportBuilder builder;

  TlsReader(DocumentSettings root, SallyportBuilder builder) {
    this.root = root;
    this.builder = builder;
  }

  void read() {
    if (!root.has("ssl")) {
      return;
    }
    Settings ssl = root.section("ssl");
    boolean enabled = ssl.flag("enabled", false);
    boolean certificate = isNamed(ssl, CERTIFICATE);
    boolean key = isNamed(ssl, KEY);
    boolean clientCa = isNamed(ssl, CLIENT_CA);
    if (!enabled) {
      return;
    }
    if (!certificate) {
      ssl.reject("SSL is enabled => certificate path must be provided");
    }
    if (!key) {
      ssl.reject("SSL is enabled => private key path must be provided");
    }
    if (certificate && key) {
      follow(ssl, clientCa ? ssl.file(CLIENT_CA) : null);
    }
  }

  /** An empty path is none, as in the configuration of generation 3. */
  private static boolean isNamed(Settings ssl, String key) {
    return ssl.optionalText(key).filter(path -> !path.isEmpty()).isPresent();
  }

  private void follow(Settings ssl, @Nullable Path clientCa) {
    boolean readable = root.texts(ConfigurationDocument.ALLOW_READABLE).contains(ssl.text(KEY));
    var files = new TlsFiles(ssl.file(CERTIFICATE), ssl.file(KEY), readable, clientCa);
    ServerTls.follow(files, builder.parts.files(), InstantSource.system(), ssl::reject)
        .ifPresent(builder::tls);
  }
}
