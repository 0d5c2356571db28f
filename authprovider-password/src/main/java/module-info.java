/**
 * Authenticates by user name and password: HTTP Basic against userstores, hashing with Argon2, and reading
 * what other schemes have stored. {@code org.bouncycastle.provider} is needed for scrypt alone, and for
 * Argon2 where native code cannot be loaded.
 */
module io.sallyport.authprovider.password {
  requires static transitive org.jspecify;
  requires transitive io.sallyport.api;
  requires org.slf4j;
  requires de.mkammerer.argon2.nolibs;
  requires org.apache.commons.codec;
  requires spring.security.crypto;
  requires static org.bouncycastle.provider;

  exports io.sallyport.authprovider.password;

  provides io.sallyport.spi.AuthenticationProviderFactory with
      io.sallyport.authprovider.password.PasswordAuthenticationFactory;
}
