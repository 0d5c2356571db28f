package io.sallyport.examples.manager;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordHashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the bundled configuration lives, and how it comes into being at the first start.
 *
 * <p>A marker is made first, says {@code begun}, and says {@code done} only after the password was shown.
 * So a start that breaks off in between cannot leave behind an administrator whose password nobody has
 * seen: the next start finds {@code begun} and says what to do. Nothing that exists is ever overwritten.
 */
final class DataFolder {

  static final String ADMINISTRATOR = "admin";

  private static final String BEGUN = "begun\n";
  private static final String DONE = "done\n";
  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  DataFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path securityFile() {
    return folder.resolve("security.yaml");
  }

  private Path users() {
    return folder.resolve("users.yaml");
  }

  private Path marker() {
    return folder.resolve("first-start");
  }

  /**
   * Makes what is not there yet, if this is the first start.
   *
   * @return the password of the administrator, if one was made; it must be shown, then {@link #finish}
   *     called, or else {@link #undo}
   * @throws CannotStartException if an earlier first start broke off, or the users are gone
   */
  Optional<Secret> prepare() throws IOException, CannotStartException {
    if (Files.exists(marker())) {
      checkEarlierStart();
      return Optional.empty();
    }
    Files.createDirectories(folder);
    boolean ownUsers = Files.exists(users());
    Secret password = GeneratedPassword.make(random);
    // hashed before anything is made, so that where that is impossible nothing is half made
    String usersFile = ownUsers ? "" : usersFile(PasswordHashes.argon2id().hash(password));
    begin();
    createMissing(securityFile(), resource("security.yaml"));
    createMissing(folder.resolve("roles.yaml"), resource("roles.yaml"));
    createMissing(folder.resolve("token.key"), key());
    createMissing(folder.resolve("api-token.key"), key());
    if (ownUsers) {
      finish(); // somebody has written users of their own: there is nothing to show
      return Optional.empty();
    }
    createPrivate(users(), usersFile);
    return Optional.of(password);
  }

  private void begin() throws IOException, CannotStartException {
    try {
      createPrivate(marker(), BEGUN);
    } catch (FileAlreadyExistsException e) {
      throw new CannotStartException(
          "another server is starting for the first time in "
              + folder
              + "; wait for it, then start again",
          e);
    }
  }

  private void checkEarlierStart() throws IOException, CannotStartException {
    if (!Files.readString(marker()).equals(DONE)) {
      throw new CannotStartException("the first start in "
          + folder
          + " did not come to its end, so that the password of the administrator may never have been"
          + " shown.\nTo begin again:  rm -f "
          + quoted(marker(), users())
          + "\nIf users.yaml is your own work, or you have its password:  rm "
          + quoted(marker()));
    }
    if (!Files.exists(users())) {
      throw new CannotStartException(users()
          + " is gone, and an administrator is made only once.\nPut the file back from a backup; or, to"
          + " have a new administrator made with a new password:  rm "
          + quoted(marker()));
    }
  }

  /** Says that the password was shown. Only now the first start is over. */
  void finish() throws IOException {
    Path next = folder.resolve("first-start.new");
    Files.deleteIfExists(next);
    createPrivate(next, DONE);
    Files.move(next, marker(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes back an administrator whose password was not shown, since the server did not start. */
  void undo() throws IOException {
    Files.deleteIfExists(users());
    Files.deleteIfExists(marker());
  }

  private static String usersFile(Secret hash) {
    // a hash in PHC form has no character that would end a quoted text
    return """
        # Who may sign in. Changes take effect within a second, without a restart.
        # A hash is made by io.sallyport.authprovider.password.HashCommand; a password is never kept.
        users:
          - username: %s
            password: "%s"
            roles: [administrator]
        """.formatted(ADMINISTRATOR, hash.revealText());
  }

  private String key() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes) + "\n";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DataFolder.class.getResourceAsStream("/bundled/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void createMissing(Path file, String content) throws IOException {
    if (!Files.exists(file)) {
      createPrivate(file, content);
    }
  }

  /** Makes a file that is its owner's alone from its first moment on, and fails if there is one. */
  private static void createPrivate(Path file, String content) throws IOException {
    boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] permissions = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** The paths as a shell reads them. */
  private static String quoted(Path... paths) {
    var text = new StringBuilder();
    for (Path path : paths) {
      text.append(text.length() == 0 ? "'" : " '")
          .append(path.toString().replace("'", "'\\''"))
          .append('\'');
    }
    return text.toString();
  }
}
