/** An authentication provider for tokens, and the generators of such tokens. */
module io.sallyport.authprovider.token {
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;
  requires com.nimbusds.jose.jwt;
  requires org.slf4j;
}
