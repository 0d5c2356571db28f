package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.LoginLimits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of locks, and once of a client that is throttled. */
final class FailureReports {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcLoginAttempts.class);

  /** What is looked up nowhere, since it is an address already. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private static final int UNIQUE_LOCAL = 0xfc;
  private static final int UNIQUE_LOCAL_MASK = 0xfe;

  private final LoginLimits limits;
  private final AtomicBoolean throttleTold = new AtomicBoolean();

  FailureReports(LoginLimits limits) {
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
          limits.account().time(),
          plain(client));
    }
  }

  /** The audit log has each of them; this is for the first, which shows if something is set up wrongly. */
  void throttled(String client) {
    if (!throttleTold.getAndSet(true)) {
      LOG.warn(
          "{} failed logins within {} came from {}, which gets 429 for passwords until there are fewer{}",
          limits.client().failures(),
          limits.client().time(),
          plain(client),
          hint(client));
    }
  }

  static String hint(String client) {
    int slash = client.indexOf('/');
    return isNearby(slash < 0 ? client : client.substring(0, slash))
        ? "; if that is a proxy of yours, all its clients count as one: declare it under trusted_proxies"
        : "";
  }

  /** Where proxies of one's own stand. */
  private static boolean isNearby(String client) {
    if (!ADDRESS.matcher(client).matches()) {
      return false;
    }
    try {
      InetAddress address = InetAddress.getByName(client);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || isUniqueLocal(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address
        && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
