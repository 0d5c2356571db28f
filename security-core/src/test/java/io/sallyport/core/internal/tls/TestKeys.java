package io.sallyport.core.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sallyport.core.internal.tls.TestCertificate.Extension;
import io.sallyport.core.internal.tls.TestCertificate.Issuer;
import io.sallyport.core.internal.tls.TestCertificate.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Keys and certificates that are made for one run of the tests. */
final class TestKeys {

  static final String CA = "ca";

  private static final int PKCS8_HEADER_OF_RSA_2048 = 26;

  private final Path folder;
  private final Instant begun = Instant.now();
  private final Map<String, Made> made = new HashMap<>();

  private record Made(PrivateKey key, X509Certificate certificate) {}

  private TestKeys(Path folder) {
    this.folder = folder;
  }

  /** An authority, and one server certificate by it for each algorithm, which is its alias. */
  static TestKeys make(Path folder, List<String> algorithms) throws GeneralSecurityException {
    var keys = new TestKeys(folder);
    keys.add(CA, "CN=Test authority", null, keys.now(), Extension.authority());
    for (String algorithm : algorithms) {
      keys.add(
          algorithm,
          KeyPairGenerator.getInstance(algorithm).generateKeyPair(),
          "CN=Test server",
          CA,
          keys.now(),
          Extension.loopback());
    }
    return keys;
  }

  /** One more EC key with its certificate, which is signed by another or, without a signer, by itself. */
  void add(
      String alias,
      String name,
      @Nullable String signer,
      Validity validity,
      Extension... extensions)
      throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    add(alias, pair, name, signer, validity, extensions);
  }

  private void add(
      String alias,
      KeyPair pair,
      String name,
      @Nullable String signer,
      Validity validity,
      Extension... extensions)
      throws GeneralSecurityException {
    var subject = new X500Principal(name);
    Issuer issuer = signer == null
        ? new Issuer(subject, pair.getPrivate())
        : new Issuer(certificate(signer).getSubjectX500Principal(), key(signer));
    made.put(
        alias,
        new Made(
            pair.getPrivate(),
            TestCertificate.make(subject, pair.getPublic(), issuer, validity, extensions)));
  }

  /** From an hour ago until in thirty days, to the second the same for all. */
  Validity now() {
    return new Validity(begun.minus(Duration.ofHours(1)), begun.plus(Duration.ofDays(30)));
  }

  private Made made(String alias) {
    Made found = made.get(alias);
    if (found == null) {
      throw new IllegalArgumentException("nothing was made for " + alias);
    }
    return found;
  }

  PrivateKey key(String alias) {
    return made(alias).key();
  }

  X509Certificate certificate(String alias) {
    return made(alias).certificate();
  }

  /** The text of a file with the certificates of these aliases in this order. */
  String certificates(String... aliases) throws CertificateEncodingException {
    var pem = new StringBuilder();
    for (String alias : aliases) {
      pem.append(pem("CERTIFICATE", certificate(alias).getEncoded()));
    }
    return pem.toString();
  }

  /** The text of a file with the key in PKCS#8. */
  String keyText(String alias) {
    return pem("PRIVATE KEY", key(alias).getEncoded());
  }

  /** A file with the certificates of these aliases in this order. */
  Path certificateFile(String... aliases) throws CertificateEncodingException, IOException {
    return write(certificates(aliases), "rw-r--r--");
  }

  /** A file with the key in PKCS#8. */
  Path keyFile(String alias) throws IOException {
    return secretFile(keyText(alias));
  }

  /** A file with the RSA key in PKCS#1, which is what its PKCS#8 form wraps. */
  Path pkcs1KeyFile() throws IOException {
    byte[] pkcs8 = key("RSA").getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEADER_OF_RSA_2048, pkcs8.length);
    return secretFile(pem("RSA PRIVATE KEY", pkcs1));
  }

  Path secretFile(String content) throws IOException {
    return write(content, "rw-------");
  }

  static String pem(String label, byte[] bytes) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private Path write(String content, String permissions) throws IOException {
    Path file = Files.createTempFile(folder, "made-for-tests", ".pem");
    Files.write(file, content.getBytes(US_ASCII));
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }
}
