/** The core of Sallyport: gate, rules, configuration, audit and servlet filter. */
module io.sallyport.core {
  requires transitive io.sallyport.api;
  requires static transitive jakarta.servlet;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;
  requires org.yaml.snakeyaml;

  exports io.sallyport.core;

  uses io.sallyport.spi.AuditSinkFactory;
  uses io.sallyport.spi.AuthenticationProviderFactory;
  uses io.sallyport.spi.AuthorizationProviderFactory;
  uses io.sallyport.spi.DatabaseFactory;
  uses io.sallyport.spi.LoginAttemptsFactory;
  uses io.sallyport.spi.TokenGeneratorFactory;
  uses io.sallyport.spi.TokenStoreFactory;
  uses io.sallyport.spi.UserstoreFactory;

  provides jakarta.servlet.ServletContainerInitializer with
      io.sallyport.core.SallyportInitializer;
  provides io.sallyport.spi.AuditSinkFactory with
      io.sallyport.core.internal.audit.FileAuditSinkFactory;
  provides io.sallyport.spi.AuthorizationProviderFactory with
      io.sallyport.core.internal.rules.RolesAuthorizationFactory;
  provides io.sallyport.spi.LoginAttemptsFactory with
      io.sallyport.core.internal.attempts.InMemoryLoginAttemptsFactory;
}
