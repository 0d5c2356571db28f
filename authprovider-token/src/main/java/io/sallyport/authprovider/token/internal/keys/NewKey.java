package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A key that was made for a {@code keys.yaml}, and when it is used.
 *
 * @param keyId what it is called
 * @param file where it was written
 * @param begins when it begins to sign
 * @param signsUntil when it ends to sign
 * @param verifiesUntil when it is forgotten
 */
public record NewKey(
    String keyId, Path file, Instant begins, Instant signsUntil, Instant verifiesUntil) {

  private static final int RSA_BITS = 3072;

  /** How long a successor is published before it begins where the present key signs for ever. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  /**
   * Makes a key, writes it into a file of its own, and adds it to the file of keys. If that fails, nothing has
   * changed.
   *
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the file of keys is none to which a key can be added
   */
  public static NewKey add(NewKeyOptions options, Instant now) throws IOException {
    Path ring = options.file().toAbsolutePath();
    if (ring.toString().endsWith(".json")) {
      throw new IllegalArgumentException(
          "keys are added to YAML, and this is JSON; add the key by hand");
    }
    boolean fresh = !Files.exists(ring);
    // what a link leads to is replaced, and not the link
    ring = fresh ? ring : ring.toRealPath();
    RingText before =
        new RingText(fresh ? RingText.FRESH : Files.readString(ring, StandardCharsets.UTF_8));
    Instant begins = options.begin().orElseGet(() -> successor(before, options, now));
    Instant signsUntil = begins.plus(options.signFor());
    String keyId = options.keyId().orElseGet(() -> name(begins));
    if (before.keyIds().contains(keyId)) {
      throw new IllegalArgumentException("the file has a key with the kid " + keyId + " already");
    }
    String name = keyId + (options.algorithm().isSymmetric() ? ".key" : ".pem");
    Path file = ring.resolveSibling("keys").resolve(name);
    var key = new NewKey(keyId, file, begins, signsUntil, signsUntil.plus(RingKey.AFTERLIFE));
    key.write(ring, before, options.algorithm(), fresh);
    return key;
  }

  private static Instant successor(RingText ring, NewKeyOptions options, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    if (ring.hasNoKeys()) {
      return second;
    }
    Instant begins =
        ring.signsUntil().map(end -> end.minus(options.overlap())).orElse(second.plus(AHEAD));
    return begins.isBefore(second) ? second : begins;
  }

  private static String name(Instant begins) {
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    return DAY.format(begins) + "-" + HexFormat.of().formatHex(random);
  }

  private void write(Path ring, RingText before, JwsAlgorithm algorithm, boolean fresh)
      throws IOException {
    String after = before.with(List.of(
        "kid: " + keyId,
        "algorithm: " + algorithm.header(),
        "key: '${file:keys/" + file.getFileName() + "}'",
        "not_before: " + begins,
        "sign_until: " + signsUntil,
        "verify_until: " + verifiesUntil));
    Path folder = ring.resolveSibling("");
    UserPrincipal owner = Files.getOwner(fresh ? folder : ring);
    OwnFiles.folder(ring.resolveSibling("keys"), owner);
    OwnFiles.create(file, material(algorithm), owner);
    boolean added = false;
    try {
      if (!fresh && !Files.readString(ring, StandardCharsets.UTF_8).equals(before.text())) {
        throw new IllegalArgumentException("the file has just been changed; call this again");
      }
      if (fresh) {
        OwnFiles.create(ring, after, owner);
      } else {
        OwnFiles.replace(ring, after, owner);
      }
      added = true;
    } finally {
      if (!added) {
        Files.deleteIfExists(file);
      }
    }
  }

  private String material(JwsAlgorithm algorithm) {
    String text = algorithm.isSymmetric() ? secret(algorithm) : pem(algorithm);
    // read as the server is going to read it
    new KeyMaterial(algorithm, Signatures.of(CryptoChoice.JDK)).read(Optional.of(keyId), text);
    return text;
  }

  private static String secret(JwsAlgorithm algorithm) {
    byte[] bytes = new byte[KeyRules.minSecret(algorithm)];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }

  private static String pem(JwsAlgorithm algorithm) {
    try {
      byte[] encoded = generator(algorithm).generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java makes no keys for " + algorithm.header(), e);
    }
  }

  private static KeyPairGenerator generator(JwsAlgorithm algorithm)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyMaterial.family(algorithm));
    if (KeyRules.isRsa(algorithm)) {
      generator.initialize(RSA_BITS);
    } else if (KeyRules.isEcdsa(algorithm)) {
      generator.initialize(NamedCurve.of(algorithm).parameters());
    }
    return generator;
  }
}
