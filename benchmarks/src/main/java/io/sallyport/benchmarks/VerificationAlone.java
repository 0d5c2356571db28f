package io.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The verification of one token's signature, and nothing else: what a token that is new cannot cost less than. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerificationAlone {

  /** How the token is signed. */
  @Param({"HS256", "RS256", "ES256"})
  public String algorithm = "";

  @SuppressWarnings("NullAway.Init") // by setUp
  private String token;

  @SuppressWarnings("NullAway.Init") // by setUp
  private byte[] signed;

  @SuppressWarnings("NullAway.Init") // by setUp
  private byte[] signature;

  @SuppressWarnings("NullAway.Init") // by setUp
  private NimbusVerification nimbus;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Raw jdk;

  @SuppressWarnings("NullAway.Init") // by setUp
  private Raw bouncyCastle;

  /** Verifies the octets, as one provider of algorithms does. */
  private interface Raw {
    boolean verify(byte[] input, byte[] claimed) throws GeneralSecurityException;
  }

  /** Makes a token. */
  @Setup(Level.Trial)
  public void setUp() throws GeneralSecurityException, JOSEException {
    TokenAlgorithm chosen = TokenAlgorithm.valueOf(algorithm);
    JWK key = chosen.newKey();
    token = chosen.tokenBy(key);
    int dot = token.lastIndexOf('.');
    signed = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    nimbus = new NimbusVerification(chosen, key);
    jdk = raw(chosen, key, null);
    bouncyCastle = raw(chosen, key, new BouncyCastleProvider());
    if (!jdk.verify(signed, signature) || !bouncyCastle.verify(signed, signature)) {
      throw new IllegalStateException("a good signature was not found right");
    }
  }

  private static Raw raw(TokenAlgorithm algorithm, JWK key, @Nullable Provider provider)
      throws GeneralSecurityException, JOSEException {
    if (algorithm == TokenAlgorithm.HS256) {
      Mac mac = provider == null
          ? Mac.getInstance("HmacSHA256")
          : Mac.getInstance("HmacSHA256", provider);
      mac.init(key.toOctetSequenceKey().toSecretKey("HmacSHA256"));
      return (input, claimed) -> MessageDigest.isEqual(mac.doFinal(input), claimed);
    }
    boolean rsa = algorithm == TokenAlgorithm.RS256;
    PublicKey publicKey = rsa ? key.toRSAKey().toPublicKey() : key.toECKey().toPublicKey();
    String jca = rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
    String jcaOfBouncyCastle = rsa ? "SHA256withRSA" : "SHA256withPLAIN-ECDSA";
    Signature verifier = provider == null
        ? Signature.getInstance(jca)
        : Signature.getInstance(jcaOfBouncyCastle, provider);
    verifier.initVerify(publicKey);
    return (input, claimed) -> {
      verifier.update(input);
      return verifier.verify(claimed);
    };
  }

  /**
   * The JDK's own algorithms.
   *
   * @return whether the signature was right
   */
  @Benchmark
  public boolean jdk() throws GeneralSecurityException {
    return jdk.verify(signed, signature);
  }

  /**
   * Bouncy Castle's, in Java.
   *
   * @return whether the signature was right
   */
  @Benchmark
  public boolean bouncyCastle() throws GeneralSecurityException {
    return bouncyCastle.verify(signed, signature);
  }

  /**
   * Nimbus: parses the token, finds the key, verifies signature and claims.
   *
   * @return the claims
   */
  @Benchmark
  public JWTClaimsSet nimbus() {
    return nimbus.verify(token);
  }
}
