/** Client certificates: an authentication provider for mutual TLS. */
module io.sallyport.authprovider.certificate {
  requires transitive io.sallyport.api;
  requires static transitive org.jspecify;

  exports io.sallyport.authprovider.certificate;

  provides io.sallyport.spi.AuthenticationProviderFactory with
      io.sallyport.authprovider.certificate.CertificateAuthenticationFactory;
}
