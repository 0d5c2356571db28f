package io.sallyport.core.internal.tls;

import io.sallyport.core.internal.config.FollowedContent;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.config.Problem;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The server's side of TLS: its certificate and key, and the authorities of its clients, from PEM files
 * that are followed.
 *
 * <p><b>Threads.</b> Safe to share.
 */
public final class ServerTls {

  private final SSLContext context;

  private ServerTls(SSLContext context) {
    this.context = context;
  }

  /**
   * Reads and checks all files, and follows them from then on.
   *
   * @param files where they are
   * @param followed follows them
   * @param clock tells which certificates are valid
   * @param problems told everything that is wrong with any of them, on one or several lines each
   * @return what serves handshakes with them; empty if there is a problem
   */
  public static Optional<ServerTls> follow(
      TlsFiles files, FollowedFiles followed, InstantSource clock, Consumer<String> problems) {
    Optional<Supplier<PemKeyMaterial>> pair =
        load(new PairContent(files, clock), followed, problems);
    Optional<Supplier<ClientAuthorities>> authorities = files.clientCa() == null
        ? Optional.of(nobody())
        : load(new AuthoritiesContent(files.clientCa(), clock), followed, problems);
    return pair.isPresent() && authorities.isPresent()
        ? Optional.of(new ServerTls(new ServerContext(pair.get(), authorities.get(), clock)))
        : Optional.empty();
  }

  private static Supplier<ClientAuthorities> nobody() {
    var nobody = new ClientAuthorities(List.of());
    return () -> nobody;
  }

  private static <T> Optional<Supplier<T>> load(
      FollowedContent<T> content, FollowedFiles followed, Consumer<String> problems) {
    try {
      return Optional.of(followed.load(content)::current);
    } catch (InvalidSettingsException e) {
      followed.problemsOf(e).map(Problems::list).orElse(List.of()).stream()
          .map(Problem::text)
          .forEach(problems);
      return Optional.empty();
    }
  }

  /**
   * A context for handshakes as a server, always with the pair and the authorities that are in force.
   *
   * @return the one context
   */
  public SSLContext context() {
    return context;
  }

  /** Certificate and key, which count only together. */
  private static final class PairContent implements FollowedContent<PemKeyMaterial> {

    private final TlsFiles files;
    private final InstantSource clock;
    private final EndWarnings warnings;

    PairContent(TlsFiles files, InstantSource clock) {
      this.files = files;
      this.clock = clock;
      this.warnings = new EndWarnings(files.certificate(), clock);
    }

    @Override
    public String what() {
      return "TLS certificate and key";
    }

    @Override
    public List<Path> files() {
      return List.of(files.certificate(), files.key());
    }

    @Override
    public PemKeyMaterial read() {
      return PemKeyMaterial.read(
          files.certificate(), files.key(), files.keyMayBeReadableByOthers(), clock);
    }

    @Override
    public void look(PemKeyMaterial inForce) {
      warnings.look(inForce.chain().certificates());
    }
  }

  /** The authorities of clients. */
  private static final class AuthoritiesContent implements FollowedContent<ClientAuthorities> {

    private final Path file;
    private final EndWarnings warnings;

    AuthoritiesContent(Path file, InstantSource clock) {
      this.file = file;
      this.warnings = new EndWarnings(file, clock);
    }

    @Override
    public String what() {
      return "TLS client CAs";
    }

    @Override
    public List<Path> files() {
      return List.of(file);
    }

    @Override
    public ClientAuthorities read() {
      return ClientAuthorities.read(file);
    }

    @Override
    public void look(ClientAuthorities inForce) {
      warnings.look(inForce.certificates());
    }
  }
}
