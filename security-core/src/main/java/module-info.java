/** The core of Sallyport: gate, rules, configuration, audit and servlet filter. */
module io.sallyport.core {
  requires transitive io.sallyport.api;
  requires static transitive jakarta.servlet;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;
  requires org.yaml.snakeyaml;

  provides io.sallyport.spi.AuditSinkFactory with
      io.sallyport.core.internal.audit.FileAuditSinkFactory;
}
