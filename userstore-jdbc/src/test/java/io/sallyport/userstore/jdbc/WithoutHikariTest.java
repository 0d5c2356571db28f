package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.userstore.jdbc.internal.connection.PoolSettings;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** HikariCP is optional: without it, data sources work and {@code jdbc_url} says what is missing. */
class WithoutHikariTest {

  private static final String MODULE = "io.sallyport.userstore.jdbc";
  private static final String CONNECTION = MODULE + ".internal.connection";
  private static final String EXPECTED =
      "jdbc_url needs the artifact com.zaxxer:HikariCP (missing: ";

  private static Stream<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(each -> !each.toString().contains("HikariCP"));
  }

  @Test
  void isSaidOnTheClassPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path each : classPath().toList()) {
      urls.add(each.toUri().toURL());
    }
    try (var loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThat(refusal(loader)).startsWith(EXPECTED);
      checkHostPool(loader);
    }
  }

  @Test
  void isSaidOnTheModulePath() throws Exception {
    Path[] jars = classPath()
        .filter(each -> Stream.of(
                "security-api", "userstore-jdbc", "jspecify", "slf4j-api", "jackson-core", "h2")
            .anyMatch(each.toString()::contains))
        .filter(each -> !each.endsWith("test-classes"))
        .toArray(Path[]::new);
    Configuration modules = ModuleLayer.boot()
        .configuration()
        .resolve(ModuleFinder.of(jars), ModuleFinder.of(), Set.of(MODULE, "com.h2database"));
    ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
        modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
    Module module = controller.layer().findModule(MODULE).orElseThrow();
    controller.addOpens(module, CONNECTION, getClass().getModule());

    assertThat(module.isNamed()).isTrue();
    assertThat(refusal(module.getClassLoader())).startsWith(EXPECTED);
    checkHostPool(module.getClassLoader());
  }

  /** The message of an attempt to open a pool by classes of this loader. */
  private static String refusal(ClassLoader loader) throws Exception {
    Class<?> settings = loader.loadClass(PoolSettings.class.getName());
    assertThat(settings).isNotSameAs(PoolSettings.class);
    Class<?>[] types = Arrays.stream(settings.getConstructors()[0].getParameters())
        .map(Parameter::getType)
        .toArray(Class<?>[]::new);
    Object read = settings
        .getConstructor(types)
        .newInstance(
            "main",
            "jdbc:h2:mem:none",
            Optional.of("sa"),
            Optional.empty(),
            2,
            Duration.ofSeconds(1));
    Method open = loader.loadClass(CONNECTION + ".Pool").getMethod("open", settings);
    try {
      open.invoke(null, read);
      return "there was a pool";
    } catch (InvocationTargetException e) {
      assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("InvalidSettingsException");
      return e.getCause().getMessage();
    }
  }

  /** That a data source is none of HikariCP's is found out without HikariCP. */
  private static void checkHostPool(ClassLoader loader) throws Exception {
    Method check = loader
        .loadClass(CONNECTION + ".HostPool")
        .getDeclaredMethod("check", String.class, DataSource.class);
    check.setAccessible(true);
    check.invoke(null, "main", TestDatabase.h2().source());
  }
}
