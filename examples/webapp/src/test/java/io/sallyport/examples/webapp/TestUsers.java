package io.sallyport.examples.webapp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Alice, an administrator, and Bob, who is none; their passwords exist as long as this process. */
final class TestUsers {

  static final TestUser ALICE = TestUser.of("alice", "admin");
  static final TestUser BOB = TestUser.of("bob", "reader");

  private TestUsers() {}

  /** A user with a random password. */
  record TestUser(String name, String role, String password, String hash) {

    static TestUser of(String name, String role) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      return new TestUser(name, role, password, TestUsers.hashOf(password));
    }

    String basic() {
      byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The contents of a users file, or of the users section of a configuration. */
  static String yaml(String indent) {
    return (indent + "users:\n" + entry(indent, ALICE) + entry(indent, BOB));
  }

  private static String entry(String indent, TestUser user) {
    return "%s  - {username: %s, password: \"%s\", roles: [%s]}%n"
        .formatted(indent, user.name(), user.hash(), user.role());
  }

  /** Hashes as a deployer does: by the command in the application's own libraries. */
  private static String hashOf(String password) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String libraries = WebappFolder.BUILT.resolve("WEB-INF/lib").toString() + "/*";
    try {
      Process command = new ProcessBuilder(
              java, "-cp", libraries, "io.sallyport.authprovider.password.HashCommand")
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      try (var input = command.outputWriter(StandardCharsets.UTF_8)) {
        input.write(password + "\n");
      }
      String hash = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!command.waitFor(60, TimeUnit.SECONDS) || command.exitValue() != 0) {
        throw new IllegalStateException("the hash command failed");
      }
      return hash.strip();
    } catch (IOException e) {
      throw new IllegalStateException("the hash command cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
