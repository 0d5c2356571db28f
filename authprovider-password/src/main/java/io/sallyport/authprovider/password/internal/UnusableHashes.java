package io.sallyport.authprovider.password.internal;

import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of users whose stored hash no password can match: once for each user, and never the
 * hash. Remembers a bounded number of users.
 */
final class UnusableHashes {

  private static final Logger LOG = LoggerFactory.getLogger(UnusableHashes.class);

  private static final int MAX_USERS = 1000;

  private final Set<UserKey> told = ConcurrentHashMap.newKeySet();

  private record UserKey(String store, String id) {}

  void report(String store, User user, UnusableHashException why) {
    if (told.size() >= MAX_USERS || !told.add(new UserKey(store, user.id()))) {
      return;
    }
    LOG.warn(
        "user {} of userstore {} cannot sign in with a password: the stored hash {}."
            + " A new one always helps, made with io.sallyport.authprovider.password.HashCommand",
        Quoted.of(user.name()),
        Quoted.of(store),
        why.getMessage());
    if (told.size() == MAX_USERS) {
      LOG.warn("{} users with an unusable hash were reported, no more will be", MAX_USERS);
    }
  }
}
