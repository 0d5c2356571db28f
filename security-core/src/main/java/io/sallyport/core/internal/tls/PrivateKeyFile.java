package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a private key that is its owner's alone. */
final class PrivateKeyFile {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE);

  private PrivateKeyFile() {}

  static PrivateKey read(@Nullable Path path, boolean mayBeReadableByOthers) {
    PemFile file = PemFile.read("private key", path);
    if (!mayBeReadableByOthers) {
      checkPermissions(file.path());
    }
    PemFile.Block block = onlyBlock(file);
    try {
      return decode(file, block);
    } finally {
      Arrays.fill(block.bytes(), (byte) 0);
    }
  }

  private static PemFile.Block onlyBlock(PemFile file) {
    if (!file.firstLineContains("PRIVATE KEY")) {
      throw new InvalidSettingsException(
          "Private certificate is expected to begin with a line containing 'PRIVATE KEY'. [" + file
              + "] does not; if it is a key, convert it: " + conversion(file));
    }
    if (file.contains("ENCRYPTED")) { // the label of PKCS#8, or a header of the older forms
      throw new InvalidSettingsException("The private key [" + file
          + "] is encrypted, and there is no place for its passphrase; decrypt it into a file of its owner's alone: "
          + conversion(file));
    }
    List<PemFile.Block> blocks = file.blocks();
    if (blocks.size() != 1) {
      throw new InvalidSettingsException("The private key file [" + file + "] holds "
          + blocks.size() + " blocks; leave one private key in it and nothing else");
    }
    return blocks.get(0);
  }

  /** Makes PKCS#8 of every form that OpenSSL reads. */
  private static String conversion(PemFile file) {
    return "(umask 077; openssl pkey -in " + file + " -out NEW_FILE)";
  }

  private static void checkPermissions(Path path) {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // no such permissions on this file system
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
        throw new InvalidSettingsException(
            "The private key [" + path + "] can be read or written by others ("
                + PosixFilePermissions.toString(permissions) + "); run: chmod 600 " + path
                + ", or list the file in allow_readable_by_others, as private_key_path names it");
      }
    } catch (IOException e) {
      throw new InvalidSettingsException(
          "The permissions of the private key [" + path + "] cannot be read ("
              + e.getClass().getSimpleName() + "); let the user that runs the application own it");
    }
  }

  private static PrivateKey decode(PemFile file, PemFile.Block block) {
    return switch (block.label()) {
      case "PRIVATE KEY" -> decodePkcs8(file, block.bytes());
      case "RSA PRIVATE KEY" -> decodePkcs8(file, Pkcs8.ofRsa(block.bytes()));
      default ->
        throw new InvalidSettingsException("The private key [" + file + "] is in the form "
            + block.label() + ", expected PRIVATE KEY (PKCS#8); convert it: " + conversion(file));
    };
  }

  private static PrivateKey decodePkcs8(PemFile file, byte[] pkcs8) {
    var specification = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(specification);
      } catch (InvalidKeySpecException e) {
        // a key of another algorithm, or of none: the next one tells
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(
            "this Java has no " + algorithm + ", which Java 17 must have", e);
      }
    }
    throw new InvalidSettingsException(
        "The private key [" + file
            + "] is damaged or of a kind that is not supported; expected an RSA, EC, Ed25519 or Ed448 key");
  }
}
