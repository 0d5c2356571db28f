/**
 * Signed tokens: an authentication provider and a token generator. {@code org.bouncycastle.provider} is
 * optional: with it ES256 and ES384 are verified several times faster.
 */
module io.sallyport.authprovider.token {
  requires com.nimbusds.jose.jwt;
  requires transitive io.sallyport.api;
  requires java.net.http;
  requires org.slf4j;
  requires static org.bouncycastle.provider;
  requires static transitive org.jspecify;

  exports io.sallyport.authprovider.token;

  provides io.sallyport.spi.AuthenticationProviderFactory with
      io.sallyport.authprovider.token.OutsideTokenAuthenticationFactory,
      io.sallyport.authprovider.token.SignedTokenAuthenticationFactory,
      io.sallyport.authprovider.token.StoredTokenAuthenticationFactory;
  provides io.sallyport.spi.TokenGeneratorFactory with
      io.sallyport.authprovider.token.SignedTokenGeneratorFactory,
      io.sallyport.authprovider.token.StoredTokenGeneratorFactory;
  provides io.sallyport.spi.TokenStoreFactory with
      io.sallyport.authprovider.token.FileTokenStoreFactory,
      io.sallyport.authprovider.token.MemoryTokenStoreFactory;
}
