package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.Database;
import io.sallyport.spi.Userstore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that parts share, as the file and the builder set them up. */
class DatabasesOnClassPathTest {

  private final List<String> told = new ArrayList<>();

  /** A data source of which every call is noted. */
  private final DataSource source = (DataSource) Proxy.newProxyInstance(
      DataSource.class.getClassLoader(),
      new Class<?>[] {DataSource.class, AutoCloseable.class},
      (self, method, args) -> {
        told.add("source " + method.getName());
        return null;
      });

  @TempDir
  Path folder;

  private Database database(String name) {
    return new Database() {
      @Override
      public DataSource dataSource() {
        return source;
      }

      @Override
      public void close() {
        told.add("close database " + name);
      }
    };
  }

  /** Knows nobody, and says when it is closed. */
  private Userstore userstore() {
    return new Userstore() {
      @Override
      public Optional<User> findUser(String username) {
        return Optional.empty();
      }

      @Override
      public Optional<User> findUserById(String id) {
        return Optional.empty();
      }

      @Override
      public void close() {
        told.add("close users");
      }
    };
  }

  private String problemsOf(String databases) throws IOException {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, """
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        authentication_providers: [{name: caller, implementation: named}]
        authorization: none
        """ + databases);
    return catchThrowableOfType(InvalidConfigurationException.class, () -> Sallyport.load(file))
        .getMessage();
  }

  @Test
  void closesDatabasesOnceWhenAllThatMayUseThemHasBeenClosed() {
    Sallyport sallyport = Sallyport.builder()
        .database("main", database("main"))
        .database("other", database("other"))
        .userstore("main", userstore(), PartOptions.defaults())
        .provider("nobody", new Nobody(), PartOptions.defaults())
        .withoutAuthorization()
        .audit(decision -> {})
        .build();

    sallyport.close();
    sallyport.close();

    assertThat(told).containsExactly("close users", "close database other", "close database main");
  }

  @Test
  void closesThemIfTheStartFails() {
    SallyportBuilder without = Sallyport.builder()
        .database("main", database("main"))
        .userstore("main", userstore(), PartOptions.defaults());

    assertThatThrownBy(without::build).isInstanceOf(InvalidConfigurationException.class);

    assertThat(told).containsExactly("close users", "close database main");
  }

  @Test
  void leavesADataSourceOfTheHostAlone() {
    Sallyport.builder()
        .database("main", source)
        .userstore("main", userstore(), PartOptions.defaults())
        .provider("nobody", new Nobody(), PartOptions.defaults())
        .withoutAuthorization()
        .audit(decision -> {})
        .build()
        .close();

    assertThat(told).containsExactly("close users");
  }

  @Test
  void takesANameOnce() {
    SallyportBuilder builder = Sallyport.builder().database("main", source);

    assertThatThrownBy(() -> builder.database("main", database("second")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a database called \"main\" has been added before; names of databases must be unique");
  }

  @Test
  void refusesBothKeys() throws IOException {
    assertThat(problemsOf("""
            database: {implementation: jdbc}
            databases: [{name: main, implementation: jdbc}]
            """))
        .contains("line 6  databases ", "expected either database or databases, not both");
  }

  @Test
  void tellsWhichArtifactMakesThem() throws IOException {
    assertThat(problemsOf("database: {implementation: jdbc}\n"))
        .contains("line 5  database.implementation", "io.sallyport:sallyport-userstore-jdbc");
  }

  @Test
  void demandsANameOfEachOfSeveral() throws IOException {
    assertThat(problemsOf("databases: [{implementation: jdbc}]\n"))
        .contains("line 5  databases.1.name ", "is missing; expected a text");
  }

  /** Says of nobody that it is them. */
  private static final class Nobody implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      return new AuthenticationResult.NotPresented();
    }
  }
}
