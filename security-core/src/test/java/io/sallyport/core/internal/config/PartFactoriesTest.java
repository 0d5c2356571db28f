package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFactoriesTest {

  private static final String PREFIX = PartFactoriesTest.class.getName() + "$";

  @TempDir
  Path folder;

  /** What the factories below have in common; none of them makes anything here. */
  public abstract static class Nothing implements UserstoreFactory {
    @Override
    public Userstore create(Settings settings, ProviderContext context) {
      throw new UnsupportedOperationException();
    }
  }

  public static final class Ldap extends Nothing {
    @Override
    public String name() {
      return "ldap";
    }
  }

  public static final class OtherLdap extends Nothing {
    @Override
    public String name() {
      return "ldap";
    }
  }

  public static final class Memory extends Nothing {
    @Override
    public String name() {
      return "memory";
    }
  }

  public static final class Throwing extends Nothing {
    public Throwing() {
      throw new IllegalStateException("cannot\nbe made");
    }

    @Override
    public String name() {
      return "throwing";
    }
  }

  public static final class Nameless extends Nothing {
    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }
  }

  /** A jar that declares these factories, without a module. */
  private static final class Jar extends ClassLoader {

    private final String declared;

    Jar(String... names) {
      super(PartFactoriesTest.class.getClassLoader());
      this.declared =
          String.join("\n", List.of(names).stream().map(name -> PREFIX + name).toList());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PREFIX)) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String resource = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = PartFactoriesTest.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals("META-INF/services/" + UserstoreFactory.class.getName())) {
        return Collections.emptyEnumeration();
      }
      var handler = new URLStreamHandler() {
        @Override
        protected URLConnection openConnection(URL url) {
          return new URLConnection(url) {
            @Override
            public void connect() {}

            @Override
            public InputStream getInputStream() {
              return new ByteArrayInputStream(declared.getBytes(StandardCharsets.UTF_8));
            }
          };
        }
      };
      return Collections.enumeration(List.of(new URL(null, "memory:services", handler)));
    }
  }

  private static UserstoreFactory find(String implementation, String... declared) {
    return new PartFactories(new Jar(declared)).find(UserstoreFactory.class, implementation);
  }

  @Test
  void findsADeclaredFactoryByItsName() {
    assertThat(find("memory", "Ldap", "Memory").name()).isEqualTo("memory");
  }

  @Test
  void findsADeclaredFactoryByTheNameOfItsClass() {
    assertThat(find(PREFIX + "OtherLdap", "Ldap", "OtherLdap").getClass().getName())
        .isEqualTo(PREFIX + "OtherLdap");
  }

  @Test
  void findsNoClassThatIsNotDeclared() {
    assertThatThrownBy(() -> find(PREFIX + "Memory", "Ldap"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("no such implementation; present: ldap");
  }

  @Test
  void suggestsTheNearestName() {
    assertThatThrownBy(() -> find("memroy", "Ldap", "Memory"))
        .hasMessage("no such implementation; did you mean \"memory\"?; present: ldap, memory");
  }

  @Test
  void namesTheArtifactOfAWellKnownImplementation() {
    assertThatThrownBy(() -> find("file"))
        .hasMessage(
            "no such implementation; add the artifact io.sallyport:sallyport-userstore-file; present: none");
  }

  @Test
  void namesBothFactoriesOfOneName() {
    assertThatThrownBy(() -> find("ldap", "Ldap", "OtherLdap"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "several factories have this name", PREFIX + "Ldap", PREFIX + "OtherLdap");
  }

  @Test
  void isNotStoppedByAFactoryThatCannotBeMade() {
    assertThat(find("memory", "Throwing", "Absent", "Nameless", "Memory").name())
        .isEqualTo("memory");
  }

  @Test
  void tellsOfFactoriesThatCannotBeMadeWhenNothingIsFound() {
    assertThatThrownBy(() -> find("throwing", "Throwing", "Absent", "Nameless"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll("present: none", "cannot be used")
        .hasMessageNotContaining("\n");
  }

  @Test
  void notesAProblemAtTheEntryThatNamesTheFactory() throws IOException {
    var problems = new Problems();
    Path file =
        Files.writeString(folder.resolve("s.yaml"), "a: {implementation: ldpa}\nb: {x: y}\n");
    var settings = ConfigurationDocument.read(file, ReadOptions.data(), problems);
    var factories = new PartFactories(new Jar("Ldap"));

    assertThat(factories.find(UserstoreFactory.class, settings.section("a"))).isEmpty();
    assertThat(factories.find(UserstoreFactory.class, settings.section("b"))).isEmpty();

    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.subject() + ": " + problem.text())
        .containsExactly(
            "1 a.implementation = \"ldpa\": no such implementation; did you mean \"ldap\"?; present: ldap",
            "2 b.implementation: is missing; expected a text");
  }
}
