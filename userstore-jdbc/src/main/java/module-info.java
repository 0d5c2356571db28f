/**
 * Users, tokens and counters of failed logins in a database that speaks JDBC. {@code com.zaxxer.hikari} is
 * optional: it is the pool behind {@code jdbc_url}.
 */
module io.sallyport.userstore.jdbc {
  requires com.fasterxml.jackson.core;
  requires transitive io.sallyport.api;
  requires java.naming;
  requires org.slf4j;
  requires static com.zaxxer.hikari;
  requires static transitive org.jspecify;

  exports io.sallyport.userstore.jdbc;

  uses java.sql.Driver;

  provides io.sallyport.spi.DatabaseFactory with
      io.sallyport.userstore.jdbc.JdbcDatabaseFactory;
  provides io.sallyport.spi.LoginAttemptsFactory with
      io.sallyport.userstore.jdbc.JdbcLoginAttemptsFactory;
  provides io.sallyport.spi.TokenStoreFactory with
      io.sallyport.userstore.jdbc.JdbcTokenStoreFactory;
  provides io.sallyport.spi.UserstoreFactory with
      io.sallyport.userstore.jdbc.JdbcUserstoreFactory;
}
