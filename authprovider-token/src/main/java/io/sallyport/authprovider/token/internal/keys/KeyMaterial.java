package io.sallyport.authprovider.token.internal.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a key of our own from its text: a secret in base64, a private key in PEM (PKCS#8), or a JWK.
 * Whatever is wrong is an {@link IllegalArgumentException} without a word of the text, whose message goes
 * on where something like "this key" is said before.
 */
final class KeyMaterial {

  private static final Pattern PEM =
      Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

  private final JwsAlgorithm algorithm;
  private final Signatures signatures;

  KeyMaterial(JwsAlgorithm algorithm, Signatures signatures) {
    this.algorithm = algorithm;
    this.signatures = signatures;
  }

  /**
   * The key.
   *
   * @param keyId what it is called; empty for its thumbprint
   */
  TokenKey read(Optional<String> keyId, String text) {
    if (text.strip().startsWith("{")) {
      return fromJwk(keyId, jwk(text));
    }
    if (algorithm.isSymmetric()) {
      return symmetric(keyId, text.strip());
    }
    return asymmetric(keyId, fromPem(text));
  }

  private TokenKey symmetric(Optional<String> keyId, String text) {
    SecretText.fault(algorithm, text).ifPresent(fault -> {
      throw new IllegalArgumentException(
          fault + "; " + SecretText.remedy(algorithm, "keys/" + keyId.orElse("new") + ".key"));
    });
    return symmetric(keyId, SecretText.decode(text).orElseThrow());
  }

  private TokenKey symmetric(Optional<String> keyId, byte[] secret) {
    String name = keyId.orElseThrow(() ->
        new IllegalArgumentException("has no kid, and a secret has no thumbprint; give it one"));
    return SecretTokenKey.of(name, algorithm, secret);
  }

  private TokenKey asymmetric(Optional<String> keyId, PrivateKey key) {
    PublicKey half = publicHalf(key);
    return PrivateTokenKey.of(
        keyId.orElseGet(() -> thumbprint(half)), algorithm, key, half, signatures);
  }

  private String thumbprint(PublicKey half) {
    KeyRules.fault(algorithm, half).ifPresent(fault -> {
      throw new IllegalArgumentException(fault);
    });
    return PublicJwk.of(half).thumbprint();
  }

  private TokenKey fromJwk(Optional<String> keyId, Jwk jwk) {
    if (jwk.text("alg").filter(alg -> !alg.equals(algorithm.header())).isPresent()) {
      throw new IllegalArgumentException(
          "says that it is for another algorithm than " + algorithm.header());
    }
    if (jwk.text("use").filter(use -> !use.equals("sig")).isPresent()) {
      throw new IllegalArgumentException("says that it is not for signatures");
    }
    Optional<String> own = jwk.text("kid");
    if (keyId.isPresent() && own.isPresent() && !own.equals(keyId)) {
      throw new IllegalArgumentException("says that it has another kid");
    }
    if (jwk.algorithm(EnumSet.of(algorithm)).isEmpty()) {
      throw new IllegalArgumentException(
          "is of a type that is not for " + algorithm.header() + notFor());
    }
    Optional<String> name = keyId.or(() -> own);
    return algorithm.isSymmetric() ? symmetricJwk(name, jwk) : privateJwk(name, jwk);
  }

  private TokenKey symmetricJwk(Optional<String> keyId, Jwk jwk) {
    byte[] secret = jwk.secret();
    KeyStrength.faultOfText(Base64Url.encode(secret))
        .or(() -> KeyStrength.fault(algorithm, secret))
        .ifPresent(fault -> {
          throw new IllegalArgumentException(fault);
        });
    return symmetric(keyId, secret);
  }

  private TokenKey privateJwk(Optional<String> keyId, Jwk jwk) {
    PrivateKey key = jwk.privateKey(algorithm);
    PublicKey stated = jwk.publicKey(algorithm);
    KeyRules.fault(algorithm, stated).ifPresent(fault -> {
      throw new IllegalArgumentException(fault);
    });
    if (!PublicJwk.of(publicHalf(key)).equals(PublicJwk.of(stated))) {
      throw new IllegalArgumentException("has a public half that belongs to another key");
    }
    return asymmetric(keyId, key);
  }

  private static Jwk jwk(String text) {
    try {
      return new Jwk(JSONObjectUtils.parse(text));
    } catch (ParseException e) {
      // its message may quote the key
      throw new IllegalArgumentException("is not a JWK, though it begins with a brace");
    }
  }

  private PrivateKey fromPem(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.matches()) {
      throw new IllegalArgumentException(
          "is not a single private key in PEM, nor a JWK" + notFor());
    }
    String type = pem.group(1);
    if (!type.equals("PRIVATE KEY")) {
      throw new IllegalArgumentException("is " + known(type) + notFor());
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
      return KeyFactory.getInstance(family(algorithm))
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is not a private key for " + algorithm.header() + notFor());
    }
  }

  private static String known(String type) {
    return switch (type) {
      case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
        "in an older form; write it as PKCS#8 with `openssl pkcs8 -topk8 -nodes`";
      case "ENCRYPTED PRIVATE KEY" ->
        "encrypted; write it in the clear with `openssl pkcs8 -topk8 -nodes`, into a file of mode 600";
      case "PUBLIC KEY", "CERTIFICATE" -> "a public key, which cannot sign";
      default -> "something else in PEM than a private key";
    };
  }

  private String notFor() {
    return "; make one with the keys command, or `(umask 077; openssl genpkey "
        + switch (algorithm) {
          case RS256, PS256 -> "-algorithm RSA -pkeyopt rsa_keygen_bits:3072";
          case ES384 -> "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
          case EDDSA -> "-algorithm ed25519";
          default -> "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
        }
        + " -out key.pem)`";
  }

  static String family(JwsAlgorithm algorithm) {
    return KeyRules.isRsa(algorithm) ? "RSA" : KeyRules.isEcdsa(algorithm) ? "EC" : "Ed25519";
  }

  /** Computed, since not every file holds it, and one that does may lie. */
  private PublicKey publicHalf(PrivateKey key) {
    try {
      KeyFactory factory = KeyFactory.getInstance(family(algorithm));
      if (key instanceof RSAPrivateCrtKey rsa) {
        if (!rsa.getPrimeP().multiply(rsa.getPrimeQ()).equals(rsa.getModulus())) {
          throw new IllegalArgumentException("has a modulus that is not the product of its primes");
        }
        return factory.generatePublic(
            new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      }
      if (key instanceof ECPrivateKey number) {
        return factory.generatePublic(publicPoint(number));
      }
      if (key instanceof EdECPrivateKey) {
        var point = Edwards25519.publicPoint(PrivateValue.of(key));
        return factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("has no public half that Java takes");
    }
    throw new IllegalArgumentException("does not hold its primes, which are needed");
  }

  private ECPublicKeySpec publicPoint(ECPrivateKey key) {
    NamedCurve curve = NamedCurve.of(algorithm);
    if (!curve.isOf(key)) {
      throw new IllegalArgumentException("is not on the curve " + curve.jwkName() + notFor());
    }
    if (!curve.isScalar(key.getS())) {
      throw new IllegalArgumentException("is a number that no private key is");
    }
    return new ECPublicKeySpec(curve.publicPoint(key.getS()), curve.parameters());
  }
}
