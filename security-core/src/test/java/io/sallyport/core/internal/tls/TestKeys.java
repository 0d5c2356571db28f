package io.sallyport.core.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keys and certificates that the JDK's keytool makes for one run of the tests. */
final class TestKeys {

  static final String CA = "ca";

  private static final String PASSWORD = "only for this run";
  private static final int PKCS8_HEADER_OF_RSA_2048 = 26;

  private final Path file;
  private KeyStore store;

  private TestKeys(Path file, KeyStore store) {
    this.file = file;
    this.store = store;
  }

  /** An authority, and one server certificate by it for each algorithm, which is its alias. */
  static TestKeys make(Path folder, List<String> algorithms) throws Exception {
    Path file = folder.resolve("made-for-tests.p12");
    generate(file, CA, "EC", "-dname", "CN=Test authority", "-ext", "bc:c");
    for (String algorithm : algorithms) {
      generate(
          file,
          algorithm,
          algorithm,
          "-dname",
          "CN=Test server",
          "-ext",
          "san=ip:127.0.0.1",
          "-signer",
          CA);
    }
    return new TestKeys(file, load(file));
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** One more key with its certificate, as further options of keytool describe it. */
  void add(String alias, String... more) throws Exception {
    generate(file, alias, "EC", more);
    store = load(file);
  }

  private static void generate(Path file, String alias, String algorithm, String... more)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-genkeypair",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        alias,
        "-keyalg",
        algorithm));
    if (!List.of(more).contains("-validity")) {
      Collections.addAll(command, "-validity", "30");
    }
    Collections.addAll(command, more);
    Path output = Files.createTempFile(file.getParent(), "keytool", ".out");
    Process keytool = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new AssertionError("keytool failed: " + Files.readString(output));
    }
  }

  PrivateKey key(String alias) throws GeneralSecurityException {
    return (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
  }

  X509Certificate certificate(String alias) throws GeneralSecurityException {
    return (X509Certificate) store.getCertificate(alias);
  }

  /** All certificates that vouch for it, its own first. */
  X509Certificate[] chain(String alias) throws GeneralSecurityException {
    return Arrays.stream(store.getCertificateChain(alias)).toArray(X509Certificate[]::new);
  }

  /** The text of a file with the certificates of these aliases in this order. */
  String certificates(String... aliases) throws GeneralSecurityException {
    var pem = new StringBuilder();
    for (String alias : aliases) {
      pem.append(pem("CERTIFICATE", certificate(alias).getEncoded()));
    }
    return pem.toString();
  }

  /** The text of a file with the key in PKCS#8. */
  String keyText(String alias) throws GeneralSecurityException {
    return pem("PRIVATE KEY", key(alias).getEncoded());
  }

  /** A file with the certificates of these aliases in this order. */
  Path certificateFile(String... aliases) throws GeneralSecurityException, IOException {
    return write(certificates(aliases), "rw-r--r--");
  }

  /** A file with the key in PKCS#8. */
  Path keyFile(String alias) throws GeneralSecurityException, IOException {
    return secretFile(keyText(alias));
  }

  /** A file with the RSA key in PKCS#1, which is what its PKCS#8 form wraps. */
  Path pkcs1KeyFile() throws GeneralSecurityException, IOException {
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
    Path made = Files.createTempFile(file.getParent(), "made-for-tests", ".pem");
    Files.write(made, content.getBytes(US_ASCII));
    if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }
    return made;
  }
}
