package io.sallyport.benchmarks;

import io.sallyport.core.Sallyport;
import io.sallyport.core.SecurityFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sallyport, configured by a file as in production. */
public final class SallyportPeer implements Peer {

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
    var folder = TemporaryFolder.make();
    try {
      Files.writeString(folder.path().resolve("users.yaml"), users);
      Path file = Files.writeString(folder.path().resolve("security.yaml"), security);
      return new SallyportPeer(folder, Sallyport.load(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
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
