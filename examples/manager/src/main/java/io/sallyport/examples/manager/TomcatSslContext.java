package io.sallyport.examples.manager;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;

/** The JDK's TLS context in Tomcat's clothes: Tomcat has none of its own that takes a ready one. */
record TomcatSslContext(javax.net.ssl.SSLContext ready) implements SSLContext {

  @Override
  public void init(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
    throw new IllegalStateException("this context is ready for use");
  }

  @Override
  public void destroy() {
    // nothing of its own
  }

  @Override
  public SSLSessionContext getServerSessionContext() {
    return ready.getServerSessionContext();
  }

  @Override
  public SSLEngine createSSLEngine() {
    return ready.createSSLEngine();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return ready.getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return ready.getSupportedSSLParameters();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[0];
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
