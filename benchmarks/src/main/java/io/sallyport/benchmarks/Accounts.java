package io.sallyport.benchmarks;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordHashes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Users of the role {@value #ROLE}, all with the password of the benchmark, hashed with Argon2id,
 * m=19456, t=2, p=1. They share one hash, since to make thousands would take minutes; nobody who
 * verifies it can tell.
 */
public record Accounts(List<String> names, String hash) {

  static final String ROLE = "user";

  /** Everybody's password. */
  public static final String PASSWORD = "benchmarks need no secret";

  /** So many users, called user0 and so on. */
  public static Accounts of(int number) {
    String hash = PasswordHashes.argon2id().hash(Secret.ofText(PASSWORD)).revealText();
    return new Accounts(IntStream.range(0, number).mapToObj(i -> "user" + i).toList(), hash);
  }

  /** The field Authorization for a pair. */
  public static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
