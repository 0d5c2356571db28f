package io.sallyport.core.testparts;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/** Counts nothing and says of everybody that they are locked. */
public final class LockedForAll implements LoginAttemptsFactory {

  @Override
  public String name() {
    return "locked-for-all";
  }

  @Override
  public LoginAttempts create(Settings settings, ProviderContext context) {
    if (settings.flag("curious", false)) {
      context.loginAttempts();
    }
    return new Locked();
  }

  private record Locked() implements LoginAttempts {

    @Override
    public LoginAttempt begin(Account account, String client) {
      throw new IllegalStateException("nobody begins an attempt here");
    }

    @Override
    public boolean isLocked(Account account) {
      return true;
    }

    @Override
    public boolean unlock(Account account) {
      return false;
    }
  }
}
