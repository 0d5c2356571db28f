package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One algorithm of one provider.
 *
 * @param provider who computes it
 * @param name what the provider calls it
 * @param parameters what the name leaves open, null for nothing
 */
record Computation(Provider provider, String name, @Nullable AlgorithmParameterSpec parameters) {

  private static final PSSParameterSpec PSS_SHA256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  /**
   * An algorithm.
   *
   * @param chosen who computes it, null for the JDK
   */
  static Computation of(JwsAlgorithm algorithm, @Nullable Provider chosen) {
    String name = name(algorithm, chosen != null);
    Provider provider = chosen != null ? chosen : providerOf(name);
    return new Computation(provider, name, algorithm == JwsAlgorithm.PS256 ? PSS_SHA256 : null);
  }

  private static String name(JwsAlgorithm algorithm, boolean bouncyCastle) {
    return switch (algorithm) {
      case RS256 -> "SHA256withRSA";
      case PS256 -> "RSASSA-PSS";
      case ES256 -> bouncyCastle ? "SHA256withPLAIN-ECDSA" : "SHA256withECDSAinP1363Format";
      case ES384 -> bouncyCastle ? "SHA384withPLAIN-ECDSA" : "SHA384withECDSAinP1363Format";
      case EDDSA -> "Ed25519";
      case HS256, HS384, HS512 ->
        throw new IllegalArgumentException(algorithm + " makes no signatures but codes");
    };
  }

  private static Provider providerOf(String name) {
    try {
      return Signature.getInstance(name).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + name + "; use another one", e);
    }
  }

  /** The key as the provider has it, so that it is not translated at each use. */
  PublicKey translated(PublicKey key) throws GeneralSecurityException {
    return KeyFactory.getInstance(key.getAlgorithm(), provider)
        .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
  }

  /**
   * Whether a signature is right.
   *
   * @throws InvalidKeyException if the key is none for this
   */
  boolean verify(PublicKey key, byte[] signed, byte[] signature) throws InvalidKeyException {
    Signature computed = begin();
    computed.initVerify(key);
    try {
      computed.update(signed);
      return computed.verify(signature);
    } catch (SignatureException e) {
      return false; // not in the form of a signature
    }
  }

  /** The signature by a key. */
  byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
    Signature computed = begin();
    computed.initSign(key);
    computed.update(input);
    return computed.sign();
  }

  private Signature begin() {
    try {
      // an object of its own for each use: they are cheap, and none serves two threads
      Signature computed = Signature.getInstance(name, provider);
      if (parameters != null) {
        computed.setParameter(parameters);
      }
      return computed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(provider.getName() + " has no " + name, e);
    }
  }
}
