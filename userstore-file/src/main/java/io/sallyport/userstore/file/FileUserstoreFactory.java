package io.sallyport.userstore.file;

import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import io.sallyport.userstore.file.internal.FileUserstore;
import io.sallyport.userstore.file.internal.UserForm;
import io.sallyport.userstore.file.internal.Users;
import io.sallyport.userstore.file.internal.UsersReader;
import java.nio.file.Path;

/**
 * Makes userstores from a file of users, by the name {@code file}.
 *
 * <p>Its properties are either {@code path}, a YAML or JSON file (by its name) that is followed while
 * the application runs, or {@code users} and {@code groups} in-line. In both cases {@code
 * identifying_attribute} says by what users sign in: {@code username}, the default, {@code id},
 * {@code email}, or any of their attributes. A user without that attribute cannot sign in by name.
 *
 * <p>A store of a file offers {@link Userstore#passwordUpdates()}: stored hashes are replaced by better ones
 * as people sign in, where they stand in the file, which stays the same in everything else. {@code
 * upgrade_hashes: false} switches that off.
 *
 * <pre>{@code
 * users:
 *   - username: alice
 *     password: $argon2id$v=19$m=19456,t=2,p=1$…    # a hash, never a password
 *     groups: [operators]
 *   - {username: bob, id: u-17, email: bob@example.org, active: false, tenants: {lab: [viewer]}}
 * groups:
 *   - {name: operators, roles: [deployer]}
 * }</pre>
 *
 * <p>With {@code allow_plaintext: true} a password may stand where its hash belongs. It matches only if
 * the provider of passwords has that setting too.
 *
 * <p>Inside of braces a hash must stand in quotes, since its commas would end it.
 *
 * <p>A user may also have {@code roles}, {@code locked}, {@code attributes}, {@code tokens_not_before}
 * (an instant: giving it another value ends the tokens issued until then) and {@code password_epoch} (a text: while it stays the
 * same, a new hash does not end the user's tokens). The id is the username unless it is given.
 *
 * @since 0.1
 */
public final class FileUserstoreFactory implements UserstoreFactory {

  /** Made by {@link java.util.ServiceLoader}. */
  public FileUserstoreFactory() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Userstore create(Settings settings, ProviderContext context) {
    UserForm form = UserForm.read(settings);
    boolean inFile = settings.has("path");
    boolean usersInLine = settings.has("users");
    boolean groupsInLine = settings.has("groups");
    if (!inFile && settings.has("upgrade_hashes")) {
      settings.reject(
          "upgrade_hashes",
          "users in-line are never written; remove this, or keep them in"
              + " a file of their own with path");
    }
    if (inFile ? usersInLine || groupsInLine : !usersInLine) {
      settings.reject(
          inFile
              ? "both a path and in-line users or groups; keep one of them"
              : "no users; expected path with the name of a YAML or JSON file, or users in-line");
      return FileUserstore.readOnly(new Fixed(Users.NOBODY));
    }
    return inFile
        ? inFile(settings, form, context)
        : FileUserstore.readOnly(new Fixed(UsersReader.readInLine(settings, form)));
  }

  private static Userstore inFile(Settings settings, UserForm form, ProviderContext context) {
    boolean upgrading = settings.flag("upgrade_hashes", true);
    Reloadable<Users> users = followed(settings.file("path"), form, context);
    return upgrading ? FileUserstore.upgrading(users) : FileUserstore.readOnly(users);
  }

  private static Reloadable<Users> followed(Path file, UserForm form, ProviderContext context) {
    return context
        .files()
        .load("userstore", file, document -> UsersReader.read(file, document, form));
  }

  /** Users in-line change only with the configuration, and then in a new store. */
  private record Fixed(Users current) implements Reloadable<Users> {
    @Override
    public void close() {}
  }
}
