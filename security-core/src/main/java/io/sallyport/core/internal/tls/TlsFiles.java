package io.sallyport.core.internal.tls;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a server's side of TLS.
 *
 * @param certificate the chain in PEM form, the server's own certificate first
 * @param key the unencrypted private key in PEM form
 * @param keyMayBeReadableByOthers whether others than the owner may have access to the key's file
 * @param clientCa the authorities of client certificates in PEM form; null to trust none
 */
public record TlsFiles(
    Path certificate,
    Path key,
    boolean keyMayBeReadableByOthers,
    @Nullable Path clientCa) {

  /**
   * Checks that the pair is named.
   *
   * @param certificate the chain in PEM form, the server's own certificate first
   * @param key the unencrypted private key in PEM form
   * @param keyMayBeReadableByOthers whether others than the owner may have access to the key's file
   * @param clientCa the authorities of client certificates in PEM form; null to trust none
   */
  public TlsFiles {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }
}
