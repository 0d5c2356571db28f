package io.sallyport.core;

import io.sallyport.api.Profile;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import java.time.InstantSource;
import java.util.List;

/** What a factory may use of the application. */
record PartContext(
    String name,
    Profile profile,
    InstantSource clock,
    List<NamedUserstore> userstores,
    LoginAttempts loginAttempts,
    ConfigurationFiles files)
    implements ProviderContext {}
