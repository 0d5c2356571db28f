package io.sallyport.authprovider.password.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The options of the hashing command.
 *
 * @param users what the user of the password is known by
 * @param stdin whether the password is read from standard input although there is a terminal
 * @param allowWeak whether passwords are hashed that the policy refuses
 */
public record HashOptions(List<String> users, boolean stdin, boolean allowWeak) {

  /** The options, or nothing if one is not known or lacks its value. */
  public static Optional<HashOptions> parse(List<String> args) {
    List<String> users = new ArrayList<>();
    boolean stdin = false;
    boolean allowWeak = false;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--stdin" -> stdin = true;
        case "--allow-weak" -> allowWeak = true;
        case "--user" -> {
          if (!rest.hasNext()) {
            return Optional.empty();
          }
          users.add(rest.next());
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new HashOptions(List.copyOf(users), stdin, allowWeak));
  }
}
