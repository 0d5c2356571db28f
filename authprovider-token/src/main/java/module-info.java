/** Signed tokens: an authentication provider and a token generator. */
module io.sallyport.authprovider.token {
  requires com.nimbusds.jose.jwt;
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;

  exports io.sallyport.authprovider.token;

  provides io.sallyport.spi.AuthenticationProviderFactory with
      io.sallyport.authprovider.token.SignedTokenAuthenticationFactory;
  provides io.sallyport.spi.TokenGeneratorFactory with
      io.sallyport.authprovider.token.SignedTokenGeneratorFactory;
}
