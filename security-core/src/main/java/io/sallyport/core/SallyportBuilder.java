package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Profile;
import io.sallyport.core.internal.attempts.InMemoryLoginAttempts;
import io.sallyport.core.internal.attempts.InMemoryLoginAttemptsFactory;
import io.sallyport.core.internal.audit.LogAuditSink;
import io.sallyport.core.internal.browser.CorsCheck;
import io.sallyport.core.internal.browser.CrossSiteCheck;
import io.sallyport.core.internal.browser.WebOrigin;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.config.PartFactories;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ValuesInCode;
import io.sallyport.core.internal.gate.AuthenticationChain;
import io.sallyport.core.internal.gate.BoundedLoginAttempts;
import io.sallyport.core.internal.gate.BoundedTokenStore;
import io.sallyport.core.internal.gate.BoundedUserstore;
import io.sallyport.core.internal.gate.CallerCheck;
import io.sallyport.core.internal.gate.CredentialScope;
import io.sallyport.core.internal.gate.EntryCheck;
import io.sallyport.core.internal.gate.Gate;
import io.sallyport.core.internal.gate.ProviderEntry;
import io.sallyport.core.internal.gate.TenantResolver;
import io.sallyport.core.internal.gate.TokenCheck;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.rules.AccessRule;
import io.sallyport.core.internal.rules.AccessRules;
import io.sallyport.core.internal.rules.Endpoint;
import io.sallyport.core.internal.rules.RuleConflict;
import io.sallyport.core.internal.rules.TargetPolicy;
import io.sallyport.core.internal.tls.ServerTls;
import io.sallyport.core.internal.transport.PublicOrigin;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.Database;
import io.sallyport.spi.Factory;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the security of an application in Java. The reader of {@code security.yaml} uses it too, so that
 * both can say the same.
 *
 * <p>What is handed over belongs to the {@link Sallyport} that is built, and is closed with it; where
 * {@link #build()} fails, it is closed at once.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @since 0.1
 */
public final class SallyportBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(SallyportBuilder.class);
  private static final Duration MIN_REQUEST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_REQUEST_TIMEOUT = Duration.ofMinutes(5);

  Profile profile = Profile.STANDARD;
  TargetPolicy targetPolicy = TargetPolicy.STRICT;
  Duration requestTimeout = Duration.ofSeconds(10);

  @Nullable
  ServerTls tls;

  final OpenedParts parts = new OpenedParts(new FollowedFiles());
  final TransportSettings transport = new TransportSettings();
  final TokenParts tokens = new TokenParts(parts);

  private final Map<String, Database> databases = new LinkedHashMap<>();
  private final Map<String, Userstore> userstores = new LinkedHashMap<>();
  private final Map<String, ProviderEntry> providers = new LinkedHashMap<>();
  private final List<AccessRule> openEndpoints = new ArrayList<>();
  private final List<AccessRule> rules = new ArrayList<>();
  private final Map<String, Connectors> connectors = new LinkedHashMap<>();
  private final Set<Integer> internalPorts = new TreeSet<>();
  private @Nullable BypassPort bypass;
  private InstantSource clock = InstantSource.system();
  private TenantResolver tenants = TenantResolver.off();
  private @Nullable AuthorizationProvider authorization;
  private boolean withoutAuthorization;
  private @Nullable AuditSink audit;
  private @Nullable Cors cors;
  private @Nullable LoginAttempts loginAttempts;
  private @Nullable LockScope lockScope;

  @Nullable
  TokenStore tokenStore;

  private boolean toldNoTokenStore;
  private boolean disabled;

  SallyportBuilder() {}

  /**
   * Sets whose bodies, codes and defaults are spoken; {@link Profile#STANDARD} by default.
   *
   * @param value the profile
   * @return this builder
   */
  public SallyportBuilder profile(Profile value) {
    this.profile = requireNonNull(value, "profile");
    return this;
  }

  /**
   * Sets the clock; the system's by default. Set it before parts are added that ask for it.
   *
   * @param value the clock
   * @return this builder
   */
  public SallyportBuilder clock(InstantSource value) {
    this.clock = requireNonNull(value, "clock");
    return this;
  }

  /**
   * Sets how long finding out who sent a request may take; ten seconds by default.
   *
   * @param value 100 milliseconds to 5 minutes
   * @return this builder
   * @throws IllegalArgumentException if it is out of bounds
   */
  public SallyportBuilder requestTimeout(Duration value) {
    if (value.compareTo(MIN_REQUEST_TIMEOUT) < 0 || value.compareTo(MAX_REQUEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "requestTimeout must be 100ms to 5m, got " + value.toMillis() + "ms");
    }
    this.requestTimeout = value;
    return this;
  }

  /**
   * Permits path parameters such as {@code ;jsessionid=…} by name; none by default. They never count in
   * matching.
   *
   * @param names the exact names
   * @return this builder
   * @throws IllegalArgumentException if one cannot be a name
   */
  public SallyportBuilder pathParameters(String... names) {
    this.targetPolicy = targetPolicy.withPathParameters(List.of(names));
    return this;
  }

  /**
   * Permits forms of a target that are refused with 400 otherwise; none by default. The words are those of
   * the table in {@code docs/http.md}, such as {@code encoded_slash}. What is decided on stays the path
   * that the container dispatches on.
   *
   * @param forms what the forms are called
   * @return this builder
   * @throws IllegalArgumentException if nothing is called so
   */
  public SallyportBuilder permitTargets(String... forms) {
    this.targetPolicy = targetPolicy.withPermitted(List.of(forms));
    return this;
  }

  /**
   * Adds a database that parts may share, before them.
   *
   * @param name its name, by which parts ask for it
   * @param database the database
   * @return this builder
   * @throws IllegalArgumentException if there is one of that name
   */
  public SallyportBuilder database(String name, Database database) {
    parts.add(database);
    if (databases.putIfAbsent(requireNonNull(name, "name"), database) != null) {
      throw new IllegalArgumentException("a database called \"" + name
          + "\" has been added before; names of databases must be unique");
    }
    return this;
  }

  /**
   * Adds a database by its data source, which stays the host's: it is not closed.
   *
   * @param name its name, by which parts ask for it
   * @param dataSource where connections come from
   * @return this builder
   * @throws IllegalArgumentException if there is one of that name
   */
  public SallyportBuilder database(String name, DataSource dataSource) {
    requireNonNull(dataSource, "dataSource");
    return database(name, (Database) () -> dataSource);
  }

  private List<NamedDatabase> namedDatabases() {
    return databases.entrySet().stream()
        .map(entry -> new NamedDatabase(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * Adds a userstore.
   *
   * @param name its name, in the audit log and for {@link #context(String, String...)}
   * @param store the store
   * @param options its bounds
   * @return this builder
   * @throws IllegalArgumentException if there is one of that name
   */
  public SallyportBuilder userstore(String name, Userstore store, PartOptions options) {
    Userstore bounded = parts.add(new BoundedUserstore(name, store, options.limits()));
    if (userstores.putIfAbsent(requireNonNull(name, "name"), bounded) != null) {
      throw new IllegalArgumentException(
          "two userstores are called \"" + name + "\"; names are unique");
    }
    return this;
  }

  /**
   * What a factory of a plug-in needs to make a part for this application.
   *
   * @param name the name of the entry that is made
   * @param stores the names of the userstores that it may speak for; all of them if none is named
   * @return the context, valid as long as what is built
   * @throws IllegalArgumentException if there is no store of such a name
   */
  public ProviderContext context(String name, String... stores) {
    return context(name, PartOptions.defaults(), stores);
  }

  /**
   * What a factory of a plug-in needs to make a provider with options for this application.
   *
   * @param name the name of the entry that is made
   * @param options the options that the provider is going to be added with
   * @param stores the names of the userstores that it may speak for; all of them if none is named
   * @return the context, valid as long as what is built
   * @throws IllegalArgumentException if there is no store of such a name
   */
  public ProviderContext context(String name, PartOptions options, String... stores) {
    Collection<String> wanted =
        stores.length == 0 ? userstores.keySet() : new LinkedHashSet<>(List.of(stores));
    List<NamedUserstore> named = new ArrayList<>();
    for (String store : wanted) {
      Userstore found = userstores.get(store);
      if (found == null) {
        throw new IllegalArgumentException(
            "no userstore is called \"" + store + "\"; defined: " + userstores.keySet());
      }
      named.add(new NamedUserstore(store, found));
    }
    return new PartContext(
        name,
        profile,
        clock,
        List.copyOf(named),
        options.hasExternalUsers(),
        this::countedAttempts,
        this::storedTokens,
        namedDatabases(),
        parts.files());
  }

  /** The context of an entry of the file; stores that are not defined are reported where they are named. */
  ProviderContext contextOf(String name, List<String> stores) {
    return contextOf(name, PartOptions.defaults(), stores);
  }

  /** The context of an entry with options. */
  ProviderContext contextOf(String name, PartOptions options, List<String> stores) {
    return context(
        name, options, stores.stream().filter(userstores::containsKey).toArray(String[]::new));
  }

  /**
   * Makes a part as an entry of {@code security.yaml} does: from the factory that a jar declares, and its
   * properties.
   *
   * @param <T> the part
   * @param kind what it is, such as {@link io.sallyport.spi.UserstoreFactory}
   * @param implementation the factory's name, such as {@code file}, or the name of its class
   * @param name the name of the entry, as it appears in the audit log
   * @param properties what would stand below {@code properties:}, as texts, numbers, flags, paths and
   *     secrets, lists and maps of them
   * @param stores the names of the userstores that it may speak for; all that were added if none is named
   * @return the part, which belongs to whoever it is handed to
   * @throws InvalidConfigurationException if anything is wrong; the message lists all problems
   */
  public <T extends AutoCloseable> T make(
      Class<? extends Factory<T>> kind,
      String implementation,
      String name,
      Map<String, ?> properties,
      String... stores) {
    Problems problems = new Problems();
    DocumentSettings entry = ValuesInCode.of(
        Map.of("implementation", implementation, "properties", properties), problems);
    PartMaker maker = new PartMaker(
        new PartFactories(SallyportBuilder.class.getClassLoader()), parts.files(), problems);
    Optional<T> part = maker.make(kind, entry, context(name, stores));
    entry.reportUnknownKeys();
    if (part.isEmpty() || !problems.isEmpty()) {
      part.ifPresent(OpenedParts::closeQuietly);
      throw new InvalidConfigurationException(problems.render(name + " was not made"));
    }
    return part.get();
  }

  /**
   * Adds an authentication provider behind those that are there.
   *
   * @param name its name in the audit log, unique
   * @param provider the provider
   * @param options what follows from its answers, and its bounds
   * @return this builder
   * @throws IllegalArgumentException if there is one of that name
   */
  public SallyportBuilder provider(
      String name, AuthenticationProvider provider, PartOptions options) {
    ProviderEntry entry = parts.add(new ProviderEntry(name, provider, options.entryOptions()));
    if (providers.putIfAbsent(name, entry) != null) {
      throw new IllegalArgumentException(
          "two authentication providers are called \"" + name + "\"; names are unique");
    }
    connectors.put(name, options.connectors());
    return this;
  }

  /**
   * Sets the internal ports, by the real local port of the socket and by nothing that is sent; none by
   * default. On them only the providers are asked whose options say so, and every request must be
   * authenticated by one of them, open rules or not.
   *
   * @param ports 1 to 65535 each
   * @return this builder
   * @throws IllegalArgumentException if one is out of bounds
   */
  public SallyportBuilder internalPorts(int... ports) {
    for (int port : ports) {
      internalPorts.add(BypassPort.checkedPort(port));
    }
    return this;
  }

  /**
   * Lets everything pass that comes in on one port from some addresses; off by default.
   *
   * @param value the port
   * @return this builder
   */
  public SallyportBuilder bypass(BypassPort value) {
    this.bypass = requireNonNull(value, "bypass");
    return this;
  }

  /**
   * Sets what counts failed logins, before parts are added that ask for it; by default that is in memory,
   * and the fifth failure locks an account for 15 minutes.
   *
   * <p>To count in memory with other limits, make it as {@code security.yaml} does: {@code
   * make(LoginAttemptsFactory.class, "memory", "login_attempts",
   * Map.of("failed_logins_before_account_lock", 10))}.
   *
   * @param value the counters
   * @param options their bounds; of no meaning for counters in memory
   * @return this builder
   * @throws IllegalStateException if other counters are in use already
   */
  public SallyportBuilder loginAttempts(LoginAttempts value, PartOptions options) {
    if (loginAttempts != null) {
      throw new IllegalStateException(
          "failed logins are counted already; call loginAttempts(…) once, before parts are made that ask"
              + " for the counters");
    }
    this.loginAttempts = parts.add(
        value instanceof InMemoryLoginAttempts
            ? value
            : new BoundedLoginAttempts(requireNonNull(value, "loginAttempts"), options.limits()));
    return this;
  }

  /**
   * Sets what is refused to the user of an account that failed logins have locked; by default {@link
   * LockScope#ALL} under {@link Profile#CLOUDIFY_4}, and else {@link LockScope#PASSWORD}.
   *
   * @param value what is refused
   * @return this builder
   */
  public SallyportBuilder lockAppliesTo(LockScope value) {
    this.lockScope = requireNonNull(value, "lockAppliesTo");
    return this;
  }

  static LockScope usualLockScope(Profile profile) {
    return profile == Profile.CLOUDIFY_4 ? LockScope.ALL : LockScope.PASSWORD;
  }

  /** The one instance for all parts; from now on it stays the one. */
  LoginAttempts countedAttempts() {
    if (loginAttempts == null) {
      loginAttempts = parts.add(new InMemoryLoginAttemptsFactory()
          .create(ValuesInCode.of(Map.of(), new Problems()), contextOfAttempts()));
    }
    return loginAttempts;
  }

  /** The context of what counts itself. */
  ProviderContext contextOfAttempts() {
    return contextOfState("login_attempts");
  }

  /** The context of what keeps tokens itself. */
  ProviderContext contextOfTokenStore() {
    return contextOfState("token_store");
  }

  private ProviderContext contextOfState(String name) {
    return new PartContext(
        name,
        profile,
        clock,
        List.of(),
        false,
        () -> {
          throw new IllegalStateException(name + " cannot ask for the counters of failed logins");
        },
        () -> {
          throw new IllegalStateException(name + " cannot ask for the token store");
        },
        namedDatabases(),
        parts.files());
  }

  /**
   * Sets what keeps stored tokens and revocations, before parts are added that ask for it; nothing by default,
   * so that there are no stored tokens and no token can be revoked by itself.
   *
   * @param value the store
   * @param options its bounds
   * @return this builder
   * @throws IllegalStateException if there is one already, or some part was told that there is none
   */
  public SallyportBuilder tokenStore(TokenStore value, PartOptions options) {
    if (tokenStore != null || toldNoTokenStore) {
      throw new IllegalStateException(
          "call tokenStore(…) once, before parts are made that ask for the token store");
    }
    this.tokenStore =
        parts.add(new BoundedTokenStore(requireNonNull(value, "tokenStore"), options.limits()));
    return this;
  }

  /** The one store for all parts; from now on it stays the one. */
  private Optional<TokenStore> storedTokens() {
    toldNoTokenStore |= tokenStore == null;
    return Optional.ofNullable(tokenStore);
  }

  /**
   * Sets what makes tokens; nothing by default.
   *
   * @param value the generator
   * @return this builder
   * @throws IllegalArgumentException if there is one without a name already
   */
  public SallyportBuilder tokenGenerator(TokenGenerator value) {
    return tokenGenerator(TokenParts.ONE_GENERATOR, value);
  }

  /**
   * Adds something that makes tokens. The first one is asked wherever no name is said.
   *
   * @param name its name, unique among generators
   * @param value the generator
   * @return this builder
   * @throws IllegalArgumentException if there is one of that name
   */
  public SallyportBuilder tokenGenerator(String name, TokenGenerator value) {
    tokens.generator(name, value);
    return this;
  }

  /**
   * Serves the tokens endpoint with the first generator, in the form of the profile; nowhere by default.
   *
   * @param paths paths below the context path, each beginning with a slash and without wildcards
   * @return this builder
   * @throws IllegalArgumentException if one is no such path
   */
  public SallyportBuilder tokensAt(String... paths) {
    for (String path : paths) {
      tokens.endpoint(path, null, null);
    }
    return this;
  }

  /**
   * Serves the tokens endpoint; nowhere by default.
   *
   * @param path a path below the context path, beginning with a slash and without wildcards
   * @param generator the name of what makes tokens there, null for the first one
   * @param form whose form requests and answers have, null for that of the profile
   * @return this builder
   * @throws IllegalArgumentException if it is no such path
   */
  public SallyportBuilder tokensAt(
      String path, @Nullable String generator, @Nullable Profile form) {
    tokens.endpoint(path, generator, form);
    return this;
  }

  /**
   * Serves the revocation of tokens (RFC 7009); nowhere by default.
   *
   * @param path a path below the context path, beginning with a slash and without wildcards
   * @return this builder
   * @throws IllegalArgumentException if it is no such path
   */
  public SallyportBuilder tokenRevocationAt(String path) {
    tokens.revocation(path);
    return this;
  }

  /**
   * Serves what is known of a token (RFC 7662); nowhere by default.
   *
   * @param path a path below the context path, beginning with a slash and without wildcards
   * @return this builder
   * @throws IllegalArgumentException if it is no such path
   */
  public SallyportBuilder tokenIntrospectionAt(String path) {
    tokens.introspection(path);
    return this;
  }

  /**
   * Serves the public keys of what makes tokens, as a JWK Set (RFC 7517); nowhere by default.
   *
   * @param path a path below the context path, beginning with a slash and without wildcards
   * @return this builder
   * @throws IllegalArgumentException if it is no such path
   */
  public SallyportBuilder publicKeysAt(String path) {
    tokens.keys(path);
    return this;
  }

  /**
   * Permits something to roles that no rule can say, since it is about whose things there are; to nobody by
   * default.
   *
   * @param name {@code manage_others_tokens}, to list, show and end everybody's tokens, or {@code
   *     introspect_tokens}, to be told about everybody's tokens
   * @param roles the roles, each of which is enough
   * @return this builder
   * @throws IllegalArgumentException if no permission is called so
   */
  public SallyportBuilder permission(String name, String... roles) {
    tokens.permission(name, Set.of(roles));
    return this;
  }

  /**
   * Sets what decides beside the rules.
   *
   * @param value the provider
   * @return this builder
   */
  public SallyportBuilder authorization(AuthorizationProvider value) {
    this.authorization = parts.add(requireNonNull(value, "authorization"));
    return this;
  }

  /**
   * Lets every authenticated caller do everything that the rules do not restrict.
   *
   * @return this builder
   */
  public SallyportBuilder withoutAuthorization() {
    this.withoutAuthorization = true;
    return this;
  }

  /**
   * Adds a rule. As soon as there is one, what no rule names is denied; without any, everything needs an
   * authenticated caller.
   *
   * @param rule the rule
   * @return this builder
   * @throws IllegalArgumentException if its methods are none or such as no request can match, or if it is
   *     open and asks for a tenant
   */
  public SallyportBuilder rule(Rule rule) {
    rules.add(rule.accessRule());
    return this;
  }

  /**
   * Opens an endpoint to everybody. Does not count as a rule for what no rule names.
   *
   * @param endpoint methods and path pattern, such as {@code GET /version} or {@code * /public/**}
   * @return this builder
   * @throws IllegalArgumentException if it is not in that form
   */
  public SallyportBuilder open(String endpoint) {
    return open(endpoint, "open_endpoints: " + endpoint);
  }

  SallyportBuilder open(String endpoint, String source) {
    Endpoint parsed = Endpoint.parse(endpoint);
    openEndpoints.add(
        new AccessRule(parsed.methods(), parsed.path(), new Access.Open(), false, source));
    return this;
  }

  /**
   * Reads the tenant of a request from a header field; requests name no tenant by default.
   *
   * @param header the field's name
   * @return this builder
   * @throws IllegalArgumentException if it is empty
   */
  public SallyportBuilder tenantHeader(String header) {
    if (header.isBlank()) {
      throw new IllegalArgumentException(
          "tenantHeader must be the name of a header field, got \"\"");
    }
    this.tenants = TenantResolver.byHeader(header);
    return this;
  }

  /**
   * Permits pages of other origins to use the application from a browser; none by default.
   *
   * @param value what they may
   * @return this builder
   */
  public SallyportBuilder cors(Cors value) {
    this.cors = requireNonNull(value, "cors");
    return this;
  }

  /**
   * Accepts requests over HTTPS only, and tells browsers so for a year ({@link #hsts}); plain HTTP is
   * accepted by default. What counts is the container's own judgement, or that of {@link #trustedProxies}.
   *
   * @param value what happens to others
   * @return this builder
   */
  public SallyportBuilder requireHttps(RequireHttps value) {
    transport.requireHttps = requireNonNull(value, "requireHttps");
    return this;
  }

  /**
   * Sets where clients reach the application over HTTPS. Needed for {@link RequireHttps#REDIRECT}.
   *
   * @param origin scheme {@code https}, host and perhaps a port, such as {@code https://app.example.org}
   * @return this builder
   * @throws IllegalArgumentException if it is anything else
   */
  public SallyportBuilder publicOrigin(String origin) {
    transport.publicOrigin = PublicOrigin.of(origin);
    return this;
  }

  /**
   * Believes proxies on the address of the client and on whether it came over HTTPS; none by default.
   *
   * @param value the proxies
   * @return this builder
   */
  public SallyportBuilder trustedProxies(TrustedProxies value) {
    transport.trustedProxies = requireNonNull(value, "trustedProxies");
    return this;
  }

  /**
   * Sets what browsers are told with answers over HTTPS; where HTTPS is required, one year for this host
   * alone by default, and else nothing.
   *
   * @param value what they are told
   * @return this builder
   */
  public SallyportBuilder hsts(Hsts value) {
    transport.hsts = requireNonNull(value, "hsts");
    transport.withoutHsts = false;
    return this;
  }

  /**
   * Tells browsers nothing, also where HTTPS is required.
   *
   * @return this builder
   */
  public SallyportBuilder withoutHsts() {
    transport.withoutHsts = true;
    return this;
  }

  /**
   * Sets what writes decisions down.
   *
   * @param value the sink
   * @return this builder
   */
  public SallyportBuilder audit(AuditSink value) {
    this.audit = parts.add(requireNonNull(value, "audit"));
    return this;
  }

  /**
   * Writes decisions to the application's own log, to the logger {@code io.sallyport.audit}.
   *
   * @return this builder
   */
  public SallyportBuilder auditToLog() {
    return audit(new LogAuditSink());
  }

  SallyportBuilder tls(ServerTls value) {
    this.tls = value;
    return this;
  }

  /** Switches security off altogether: nobody is asked, everything passes. */
  SallyportBuilder disable() {
    this.disabled = true;
    return this;
  }

  Tokens tokensForHost() {
    return new Tokens(tokens.generators(), userstores, tokenStore, clock);
  }

  List<String> userstoreNames() {
    return List.copyOf(userstores.keySet());
  }

  /**
   * Builds what was described.
   *
   * @return what decides from now on
   * @throws InvalidConfigurationException if the parts do not go together; all of them are closed
   */
  public Sallyport build() {
    try {
      List<String> problems = problems();
      if (!problems.isEmpty()) {
        throw new InvalidConfigurationException(String.join("\n", problems));
      }
      if (!disabled) {
        AccessRules.openNeighbors(allRules()).forEach(LOG::warn);
        warnOfTargets();
      }
      AuthenticationChain chain = chain();
      Sallyport sallyport = new Sallyport(this, gate(chain), new TokenCheck(chain), summary());
      if (bypass != null) {
        LOG.warn(
            "SECURITY IS BYPASSED on {}: every request there passes, nobody is asked. Use a client"
                + " certificate or a token on an internal port instead",
            bypass.bypass());
      }
      return sallyport;
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** In this order. */
  private List<EntryCheck> entryChecks(AuthenticationChain chain) {
    List<EntryCheck> checks = new ArrayList<>();
    transport.check(chain).ifPresent(checks::add);
    if (cors != null) {
      checks.add(new CorsCheck(cors.policy()));
    }
    if (bypass != null) {
      checks.add(bypass.bypass());
    }
    return checks;
  }

  private CallerCheck callerCheck() {
    Set<WebOrigin> trusted = new LinkedHashSet<>();
    if (cors != null) {
      trusted.addAll(cors.policy().origins());
    }
    if (transport.publicOrigin != null) {
      WebOrigin.parse(transport.publicOrigin.toString()).ifPresent(trusted::add);
    }
    return new CrossSiteCheck(trusted, tokens.endpoints(profile)::mintsByGet);
  }

  private void warnOfTargets() {
    if (!targetPolicy.risks().isEmpty()) {
      LOG.warn(
          "permitted_targets has {}, which honest clients do not send: whoever reads such a target in"
              + " another way than this container, such as a proxy in front or a framework behind, is led"
              + " past its own rules; take out what no client needs",
          targetPolicy.risks());
    }
  }

  private AuthenticationChain chain() {
    LockScope scope = lockScope == null ? usualLockScope(profile) : lockScope;
    return new AuthenticationChain(
        List.copyOf(providers.values()),
        profile,
        internalPorts,
        clock,
        scope == LockScope.ALL ? countedAttempts() : null);
  }

  private Gate gate(AuthenticationChain chain) {
    AuditSink sink = requireNonNull(audit, "audit");
    return new Gate(
        disabled ? List.of() : entryChecks(chain),
        accessRules(),
        chain,
        callerCheck(),
        new CredentialScope(tokens.paths()),
        tenants,
        disabled ? null : authorization,
        sink,
        clock);
  }

  /** What is wrong with the parts together, in words that fit the file and the builder. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (audit == null) {
      problems.add("no audit log; configure audit, or call audit(…)");
    }
    if (disabled) {
      return problems;
    }
    if (providers.isEmpty()) {
      problems.add(
          "no authentication provider; configure authentication_providers, or call provider(…) at least"
              + " once");
    }
    problemsOfConnectors(problems);
    if (authorization == null && rules.isEmpty() && !withoutAuthorization) {
      problems.add(
          "nothing decides what authenticated callers may do; configure authorization or rules, or write"
              + " authorization: none (withoutAuthorization()) if each of them may do everything");
    }
    tokens.addProblems(profile, tokenStore, problems);
    problems.addAll(transport.problems());
    AccessRules.conflicts(allRules()).stream().map(RuleConflict::message).forEach(problems::add);
    return problems;
  }

  private void problemsOfConnectors(List<String> problems) {
    boolean served = connectors.values().stream().anyMatch(c -> c != Connectors.PUBLIC);
    if (!internalPorts.isEmpty() && !served) {
      problems.add("nobody can be authenticated on the internal ports " + internalPorts
          + "; give a provider connectors: internal, or all (withConnectors(…))");
    }
    connectors.forEach((name, where) -> {
      if (where == Connectors.INTERNAL && internalPorts.isEmpty()) {
        problems.add("authentication provider \"" + name
            + "\" is for internal connectors, and there are none; configure internal: {ports: […]}, or"
            + " call internalPorts(…)");
      }
    });
    if (bypass != null && internalPorts.contains(bypass.port())) {
      problems.add(
          "port " + bypass.port() + " is internal and a bypass; a bypass needs a port of its own");
    }
  }

  private AccessRules accessRules() {
    if (disabled) {
      return AccessRules.of(List.of(), new Access.Open());
    }
    return AccessRules.of(
        allRules(), rules.isEmpty() ? new Access.Authenticated() : new Access.Deny());
  }

  private List<AccessRule> allRules() {
    List<AccessRule> all = new ArrayList<>(openEndpoints);
    all.addAll(rules);
    return all;
  }

  private String summary() {
    if (disabled) {
      return "SECURITY IS SWITCHED OFF (enabled: false), every request passes";
    }
    return "profile " + profile.name().toLowerCase(Locale.ROOT).replace('_', '-')
        + ", userstores " + userstores.keySet()
        + ", providers " + providers.keySet()
        + (internalPorts.isEmpty() ? "" : ", internal ports " + internalPorts)
        + (bypass == null ? "" : ", SECURITY IS BYPASSED on " + bypass.bypass())
        + ", " + rules.size() + " rules, open "
        + openEndpoints.stream().map(rule -> rule.path().toString()).collect(Collectors.toList())
        + (authorization == null ? ", no authorization provider" : ", with authorization provider")
        + tokens.summary()
        + transport.summary()
        + (targetPolicy.summary().isEmpty() ? "" : ", " + targetPolicy.summary())
        + (cors == null ? "" : ", cors for " + cors);
  }
}
