package io.sallyport.benchmarks;

import io.sallyport.api.TokenRequest;
import io.sallyport.core.Sallyport;
import io.sallyport.core.SecurityFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Sallyport, configured by a file as in production. */
public final class SallyportPeer implements Peer {

  private static final FileAttribute<?> OWNERS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final TemporaryFolder folder;
  private final Sallyport sallyport;
  private final SecurityFilter filter;

  private SallyportPeer(TemporaryFolder folder, Sallyport sallyport) throws ServletException {
    this.folder = folder;
    this.sallyport = sallyport;
    this.filter = new SecurityFilter(sallyport);
    filter.init(new BenchContext().config());
  }

  static SallyportPeer start(Accounts accounts, boolean audited) {
    var users = new StringBuilder("users:\n");
    for (String name : accounts.names()) {
      users.append("  - {username: %s, roles: [%s], password: \"%s\"}\n"
          .formatted(name, Accounts.ROLE, accounts.hash()));
    }
    return start("""
        version: 1
        userstore:
          implementation: file
          properties: {path: users.yaml}
        authentication_providers:
          - {name: password, implementation: password}
        rules:
          - {path: /public/**, access: open}
          - {path: /**, roles: [%s]}
        audit: {file: audit.log, level: %s}
        """.formatted(Accounts.ROLE, audited ? "info" : "critical"), users.toString());
  }

  /** Starts it with files of one's own: security.yaml and the users.yaml that it names. */
  public static SallyportPeer start(String security, String users) {
    return start(security, Map.of("users.yaml", users));
  }

  /** Starts it with files of one's own: security.yaml and those that it names. */
  static SallyportPeer start(String security, Map<String, String> files) {
    var folder = TemporaryFolder.make();
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = Files.createFile(folder.path().resolve(file.getKey()), OWNERS_ALONE);
        Files.writeString(path, file.getValue());
      }
      Path file = Files.writeString(folder.path().resolve("security.yaml"), security);
      return new SallyportPeer(folder, Sallyport.load(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token for one of the users, as the application itself would make it. */
  String tokenOf(String name) {
    return sallyport
        .tokens()
        .issueFor(null, "main", name, TokenRequest.defaults())
        .value()
        .revealText();
  }

  @Override
  public Filter filter() {
    return filter;
  }

  @Override
  public void close() {
    sallyport.close();
    folder.close();
  }
}
