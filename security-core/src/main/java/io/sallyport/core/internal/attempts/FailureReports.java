package io.sallyport.core.internal.attempts;

import io.sallyport.core.internal.transport.AddressRanges;
import io.sallyport.spi.LoginAttempts.Account;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of locks, and once of a client that is throttled. */
final class FailureReports {

  private static final Logger LOG = LoggerFactory.getLogger(InMemoryLoginAttempts.class);

  /** Where proxies of one's own stand. */
  private static final AddressRanges NEARBY = AddressRanges.of(List.of(
      "127.0.0.0/8",
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "169.254.0.0/16",
      "::/64",
      "fc00::/7",
      "fe80::/10"));

  private final AttemptLimits limits;
  private final AtomicBoolean throttleTold = new AtomicBoolean();

  FailureReports(AttemptLimits limits) {
    this.limits = limits;
  }

  /** Of names that nobody has nothing is told: they may be passwords, and there may be many. */
  void locked(Account account, String client) {
    if (account.store() != null && LOG.isWarnEnabled()) {
      LOG.warn(
          "{} failed logins have locked user {} of userstore {} for {}; the last one came from {}",
          limits.account().failures(),
          plain(account.key()),
          account.store(),
          Duration.ofMillis(limits.account().millis()),
          plain(client));
    }
  }

  /** The audit log has each of them; this is for the first, which shows if something is set up wrongly. */
  void throttled(String client) {
    if (!throttleTold.getAndSet(true)) {
      LOG.warn(
          "{} failed logins within {} came from {}, which gets 429 for passwords until there are fewer{}",
          limits.client().failures(),
          Duration.ofMillis(limits.client().millis()),
          plain(client),
          hint(client));
    }
  }

  static String hint(String client) {
    int slash = client.indexOf('/');
    return NEARBY.containsConnection(slash < 0 ? client : client.substring(0, slash))
        ? "; if that is a proxy of yours, all its clients count as one: declare it under trusted_proxies"
        : "";
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
