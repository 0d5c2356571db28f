package io.sallyport.containers;

import io.sallyport.api.Identity;
import io.sallyport.api.TokenRequest;
import io.sallyport.core.Sallyport;
import io.sallyport.spi.TokenGenerator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.Optional;

/** The library, wired as a host that registers in code does it. */
final class ProtectedBySallyport implements Protection {

  private final Sallyport sallyport;

  private ProtectedBySallyport(Sallyport sallyport) {
    this.sallyport = sallyport;
  }

  static ProtectedBySallyport load(Path securityFile) {
    return new ProtectedBySallyport(Sallyport.load(securityFile));
  }

  @Override
  public void register(ServletContext context) throws ServletException {
    sallyport.register(context);
  }

  @Override
  public Optional<String> tenant(HttpServletRequest request) {
    // an error page is shown for requests about which no decision could be made, too
    return request.getDispatcherType() == DispatcherType.ERROR
        ? Optional.empty()
        : Sallyport.decision(request).tenant();
  }

  @Override
  public Optional<String> token(HttpServletRequest request) {
    Optional<Identity> caller = Sallyport.identity(request);
    Optional<TokenGenerator> generator = sallyport.tokenGenerator();
    return caller.flatMap(identity -> generator.map(
        tokens -> tokens.generate(identity, TokenRequest.defaults()).value().revealText()));
  }

  @Override
  public void close() {
    sallyport.close();
  }
}
