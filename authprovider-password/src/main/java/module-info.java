/** Authenticates by user name and password: HTTP Basic against userstores, hashing with Argon2. */
module io.sallyport.authprovider.password {
  requires static transitive org.jspecify;
  requires transitive io.sallyport.api;
  requires org.slf4j;
  requires de.mkammerer.argon2.nolibs;

  exports io.sallyport.authprovider.password;

  provides io.sallyport.spi.AuthenticationProviderFactory with
      io.sallyport.authprovider.password.PasswordAuthenticationFactory;
}
