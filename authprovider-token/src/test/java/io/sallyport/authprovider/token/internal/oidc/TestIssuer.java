package io.sallyport.authprovider.token.internal.oidc;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * An issuer with metadata, keys and tokens of the Nimbus OAuth 2.0 SDK, reached through a real socket. Its
 * answers can be replaced by what no issuer should answer.
 */
final class TestIssuer implements AutoCloseable {

  static final String METADATA = "/.well-known/openid-configuration";
  static final String JWKS = "/keys";
  static final String TOKEN = "/token";

  /** Writes a whole answer, whatever it is. */
  interface Answer {

    void write(OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final String address;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private volatile List<JWK> keys;
  private volatile Instant now = Instant.EPOCH;

  TestIssuer(JWK... keys) {
    this(ServerSocketFactory.getDefault(), "http", keys);
  }

  TestIssuer(ServerSocketFactory sockets, String scheme, JWK... keys) {
    try {
      socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.address = scheme + "://localhost:" + socket.getLocalPort();
    this.keys = List.of(keys);
    Thread acceptor = new Thread(this::accept, "test-issuer");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static RSAKey rsa(String keyId) {
    try {
      return new RSAKeyGenerator(2048).keyID(keyId).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String keyId) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String issuer() {
    return address;
  }

  void publish(JWK... published) {
    this.keys = List.of(published);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  void tellTime(Instant value) {
    this.now = value;
  }

  /** How often a path was asked for. */
  int asked(String path) {
    return asked.getOrDefault(path, new AtomicInteger()).get();
  }

  JWTClaimsSet.Builder claims(Instant at) {
    return new JWTClaimsSet.Builder()
        .issuer(address)
        .subject("s-1001")
        .audience("manager")
        .issueTime(Date.from(at))
        .expirationTime(Date.from(at.plusSeconds(300)));
  }

  static String sign(JWK key, String type, JWTClaimsSet claims) {
    boolean rsa = key instanceof RSAKey;
    JWSHeader header = new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
        .type(new JOSEObjectType(type))
        .keyID(key.getKeyID())
        .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(rsa ? new RSASSASigner(key.toRSAKey()) : new ECDSASigner(key.toECKey()));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread thread = new Thread(() -> serve(connection), "test-issuer-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      String[] line = line(in).split(" ", -1);
      Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        int colon = field.indexOf(':');
        fields.put(field.substring(0, colon), field.substring(colon + 1).strip());
      }
      byte[] body = in.readNBytes(Integer.parseInt(fields.getOrDefault("Content-Length", "0")));
      String path = line[1];
      asked.computeIfAbsent(path, unused -> new AtomicInteger()).incrementAndGet();
      OutputStream out = connection.getOutputStream();
      Answer answer = answers.get(path);
      if (answer != null) {
        answer.write(out);
      } else {
        json(content(path, fields, new String(body, StandardCharsets.UTF_8))).write(out);
      }
      out.flush();
    } catch (IOException e) {
      // the other end has had enough
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("end of the request");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private String content(String path, Map<String, String> fields, String body) {
    return switch (path) {
      case METADATA -> metadata();
      case JWKS -> new JWKSet(keys).toPublicJWKSet().toString();
      case TOKEN -> issued(fields, body);
      default -> "{}";
    };
  }

  private String metadata() {
    OIDCProviderMetadata metadata = new OIDCProviderMetadata(
        new Issuer(address), List.of(SubjectType.PUBLIC), URI.create(address + JWKS));
    metadata.setTokenEndpointURI(URI.create(address + TOKEN));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
    metadata.applyDefaults();
    return metadata.toJSONObject().toJSONString();
  }

  private String issued(Map<String, String> fields, String body) {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(address + TOKEN));
    request.setAuthorization(fields.get("Authorization"));
    request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
    request.setBody(body);
    try {
      TokenRequest asked = TokenRequest.parse(request);
      JWTClaimsSet claims = claims(now)
          .subject(asked.getClientAuthentication().getClientID().getValue())
          .build();
      BearerAccessToken token =
          new BearerAccessToken(sign(keys.get(0), "at+jwt", claims), 300, asked.getScope());
      return new AccessTokenResponse(new Tokens(token, null)).toJSONObject().toJSONString();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  static Answer json(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return out -> {
      out.write(head("200 OK", "Content-Type: application/json", bytes.length));
      out.write(bytes);
    };
  }

  static byte[] head(String status, String field, long length) {
    return String.format(
            Locale.ROOT,
            "HTTP/1.1 %s\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
            status,
            field,
            length)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Nobody listens any more. */
  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
