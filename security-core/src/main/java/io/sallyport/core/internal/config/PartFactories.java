package io.sallyport.core.internal.config;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sallyport.spi.Factory;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.Settings;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the factories that jars declare. Only a name in the configuration switches one of them on, and
 * no class is ever loaded because of its name in the configuration.
 */
public final class PartFactories {

  private static final Logger LOG = LoggerFactory.getLogger(PartFactories.class);
  private static final int MAX_BROKEN = 100;
  private static final String JDBC_ARTIFACT = "io.sallyport:sallyport-userstore-jdbc";
  private static final String TOKEN_ARTIFACT = "io.sallyport:sallyport-authprovider-token";
  /** By the kind of factory and the name: a file is a userstore of one jar and a token store of another. */
  private static final Map<String, String> ARTIFACTS = Map.ofEntries(
      entry("DatabaseFactory jdbc", JDBC_ARTIFACT),
      entry("UserstoreFactory jdbc", JDBC_ARTIFACT),
      entry("TokenStoreFactory jdbc", JDBC_ARTIFACT),
      entry("LoginAttemptsFactory jdbc", JDBC_ARTIFACT),
      entry("UserstoreFactory file", "io.sallyport:sallyport-userstore-file"),
      entry(
          "AuthenticationProviderFactory password", "io.sallyport:sallyport-authprovider-password"),
      entry(
          "AuthenticationProviderFactory certificate",
          "io.sallyport:sallyport-authprovider-certificate"),
      entry("AuthenticationProviderFactory token", TOKEN_ARTIFACT),
      entry("AuthenticationProviderFactory api_token", TOKEN_ARTIFACT),
      entry("AuthenticationProviderFactory oidc", TOKEN_ARTIFACT),
      entry("TokenGeneratorFactory token", TOKEN_ARTIFACT),
      entry("TokenGeneratorFactory api_token", TOKEN_ARTIFACT),
      entry("TokenStoreFactory memory", TOKEN_ARTIFACT),
      entry("TokenStoreFactory file", TOKEN_ARTIFACT));

  private final ClassLoader loader;

  /** Factories of a kind that could be made, and what is wrong with the rest. */
  private record Declared<F>(List<F> factories, List<String> broken) {}

  /**
   * Looks where a class loader looks: its class path and the modules of its layers.
   *
   * @param loader the loader of the host application
   */
  public PartFactories(ClassLoader loader) {
    this.loader = requireNonNull(loader, "loader");
  }

  /**
   * The factory that an entry names by its {@code implementation:}.
   *
   * @param <F> the kind of factory
   * @param kind the kind of factory
   * @param entry the entry; what is wrong is noted there
   * @return the factory; empty if there is a problem
   */
  public <F extends Factory<?>> Optional<F> find(Class<F> kind, Settings entry) {
    String implementation = entry.text("implementation");
    try {
      return Optional.of(find(kind, implementation));
    } catch (InvalidSettingsException e) {
      entry.reject("implementation", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * The factory of a name.
   *
   * @param <F> the kind of factory
   * @param kind the kind of factory
   * @param implementation its name, or the name of its class
   * @return the factory
   * @throws InvalidSettingsException if there is none, or more than one
   */
  public <F extends Factory<?>> F find(Class<F> kind, String implementation) {
    Declared<F> declared = declared(kind);
    List<F> named = declared.factories().stream()
        .filter(factory -> factory.name().equals(implementation)
            || factory.getClass().getName().equals(implementation))
        .toList();
    if (named.size() == 1) {
      return named.get(0);
    }
    throw new InvalidSettingsException(
        named.isEmpty() ? unknown(kind, implementation, declared) : ambiguous(named));
  }

  private <F extends Factory<?>> Declared<F> declared(Class<F> kind) {
    var declared = new Declared<F>(new ArrayList<>(), new ArrayList<>());
    Iterator<F> found = ServiceLoader.load(kind, loader).iterator();
    while (declared.broken().size() < MAX_BROKEN) {
      try {
        if (!found.hasNext()) {
          break;
        }
        F factory = found.next();
        // asked here, where a factory that cannot even tell its name harms nobody
        if (!factory.name().isEmpty()) {
          declared.factories().add(factory);
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        LOG.warn(
            "A declared {} cannot be used: {}", kind.getSimpleName(), Shown.of(e.toString()), e);
        declared.broken().add(Shown.of(String.valueOf(e.getMessage())));
      }
    }
    return declared;
  }

  private static <F extends Factory<?>> String unknown(
      Class<F> kind, String implementation, Declared<F> declared) {
    Set<String> names = new LinkedHashSet<>();
    declared.factories().forEach(factory -> names.add(factory.name()));
    var message = new StringBuilder("no such implementation");
    String artifact = ARTIFACTS.get(kind.getSimpleName() + " " + implementation);
    if (artifact == null) {
      NearestName.of(implementation, names)
          .ifPresent(name -> message.append("; did you mean \"").append(name).append("\"?"));
    } else {
      message.append("; add the artifact ").append(artifact);
    }
    message.append("; present: ").append(names.isEmpty() ? "none" : String.join(", ", names));
    for (String broken : declared.broken()) {
      message.append("; cannot be used: ").append(broken);
    }
    return message.toString();
  }

  private static <F extends Factory<?>> String ambiguous(List<F> named) {
    List<String> places = named.stream().map(PartFactories::place).toList();
    return "several factories have this name: "
        + String.join(", ", places)
        + "; remove a jar, or write the name of the class";
  }

  private static String place(Object factory) {
    Class<?> type = factory.getClass();
    CodeSource code = type.getProtectionDomain().getCodeSource();
    URL location = code == null ? null : code.getLocation();
    if (location == null) {
      return type.getName();
    }
    String path = location.getPath();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return type.getName() + " in " + trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
