package io.sallyport.examples.manager;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * An issuer of somebody else, made of the Nimbus OAuth 2.0 SDK behind the HTTPS server of the JDK: metadata, keys, and
 * a token endpoint for one client. While it is stuck it takes connections and answers none.
 */
final class OutsideIssuer implements AutoCloseable {

  private static final ClientID CLIENT = new ClientID("robot");
  private static final Secret CLIENT_SECRET = new Secret();

  private final TestAuthority authority;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String address;
  private final String audience;
  private volatile List<ECKey> keys;
  private volatile CountDownLatch stuck = new CountDownLatch(0);

  OutsideIssuer(TestAuthority authority, String audience, String keyId) throws IOException {
    this.authority = authority;
    this.audience = audience;
    this.keys = List.of(key(keyId));
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.address = "https://localhost:" + server.getAddress().getPort();
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server().server()));
    server.setExecutor(threads);
    serve("/.well-known/openid-configuration", exchange -> json(metadata()));
    serve(
        "/keys", exchange -> json(new JWKSet(List.copyOf(keys)).toPublicJWKSet().toString()));
    serve("/token", this::issue);
    server.start();
  }

  String address() {
    return address;
  }

  ECKey key() {
    return keys.get(0);
  }

  /** A new key takes the place of all others. */
  void rotateTo(String keyId) {
    keys = List.of(key(keyId));
  }

  void getStuck() {
    stuck = new CountDownLatch(1);
  }

  void recover() {
    stuck.countDown();
  }

  /** A token of its own for somebody who is in some of its groups. */
  String token(String... groups) {
    return sign(key(), claims("lena", groups).build());
  }

  JWTClaimsSet.Builder claims(String subject, String... groups) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(address)
        .subject(subject)
        .audience(audience)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(600)))
        .claim("groups", List.of(groups));
  }

  static String sign(ECKey key, JWTClaimsSet claims) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(new JOSEObjectType("at+jwt"))
        .keyID(key.getKeyID())
        .build();
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a client gets from the token endpoint, over HTTPS. */
  String askForToken() throws IOException, ParseException {
    SSLContext trust = authority.clientWithoutCertificate();
    HTTPRequest request = new TokenRequest(
            URI.create(address + "/token"),
            new ClientSecretBasic(CLIENT, CLIENT_SECRET),
            new ClientCredentialsGrant(),
            new Scope("ops"))
        .toHTTPRequest();
    request.setSSLSocketFactory(trust.getSocketFactory());
    return AccessTokenResponse.parse(request.send())
        .getTokens()
        .getBearerAccessToken()
        .getValue();
  }

  private interface Answer {

    HTTPResponse to(HttpExchange exchange) throws IOException;
  }

  private void serve(String path, Answer answer) {
    server.createContext(path, exchange -> {
      try (exchange) {
        stuck.await();
        HTTPResponse response = answer.to(exchange);
        byte[] body = response.getBody().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.getStatusCode(), body.length);
        exchange.getResponseBody().write(body);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed while it was stuck
      }
    });
  }

  private static HTTPResponse json(String body) {
    var response = new HTTPResponse(200);
    response.setBody(body);
    return response;
  }

  private String metadata() {
    var metadata = new OIDCProviderMetadata(
        new Issuer(address), List.of(SubjectType.PUBLIC), URI.create(address + "/keys"));
    metadata.setTokenEndpointURI(URI.create(address + "/token"));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.ES256));
    metadata.applyDefaults();
    return metadata.toJSONObject().toJSONString();
  }

  private HTTPResponse issue(HttpExchange exchange) throws IOException {
    var request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(address + "/token"));
    request.setAuthorization(exchange.getRequestHeaders().getFirst("Authorization"));
    request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
    request.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    try {
      TokenRequest asked = TokenRequest.parse(request);
      if (!(asked.getClientAuthentication() instanceof ClientSecretBasic client)
          || !client.getClientID().equals(CLIENT)
          || !client.getClientSecret().equals(CLIENT_SECRET)) {
        return refused(OAuth2Error.INVALID_CLIENT);
      }
      String[] groups = asked.getScope().toStringList().toArray(new String[0]);
      String value = sign(key(), claims(CLIENT.getValue(), groups).build());
      var token = new BearerAccessToken(value, 600, asked.getScope());
      return new AccessTokenResponse(new Tokens(token, null)).toHTTPResponse();
    } catch (ParseException e) {
      return refused(OAuth2Error.INVALID_REQUEST);
    }
  }

  private static HTTPResponse refused(ErrorObject error) {
    return new TokenErrorResponse(error).toHTTPResponse();
  }

  private static ECKey key(String keyId) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
