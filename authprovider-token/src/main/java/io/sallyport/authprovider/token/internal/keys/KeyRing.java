package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of a file, which follow the file and the time. */
final class KeyRing implements TokenKeys {

  private final Reloadable<RingSnapshot> ring;
  private final InstantSource clock;

  private KeyRing(Reloadable<RingSnapshot> ring, InstantSource clock) {
    this.ring = ring;
    this.clock = clock;
  }

  /**
   * The keys of the file that {@code keys} names.
   *
   * @param lifetime how long tokens live at most that are signed with them; zero if that is not known
   */
  static KeyRing read(Settings settings, ProviderContext context, Duration lifetime) {
    Path file = settings.file("keys");
    Signatures signatures = Signatures.read(settings);
    InstantSource clock = context.clock();
    return new KeyRing(
        context
            .files()
            .loadWithSecrets(
                "token keys",
                file,
                document -> new KeyRingReader(signatures, clock.instant(), lifetime)
                    .read(document.settings())),
        clock);
  }

  @Override
  public Optional<TokenKey> find(@Nullable String keyId) {
    return ring.current().find(keyId, clock.instant());
  }

  @Override
  public TokenKey signing() {
    return ring.current().signing(clock.instant());
  }

  @Override
  public String publicKeys() {
    return ring.current().publicKeys(clock.instant());
  }

  @Override
  public void close() {
    ring.close();
  }
}
