package io.sallyport.userstore.file.internal;

import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the snapshot of a file, or of a section of the configuration. Each reading has its own. */
public final class UsersReader {

  static final String USERNAME = "username";

  static final String ID = "id";

  static final String USERS = "users";

  private final UserIndex index;
  private final GroupTable groups = new GroupTable();
  private final Map<String, String> shared = new HashMap<>();
  private final boolean allowPlaintext;
  private int position;

  private UsersReader(UserForm form) {
    this.index = new UserIndex(form.identifyingAttribute());
    this.allowPlaintext = form.allowPlaintext();
  }

  /**
   * Reads a file of its own, user by user.
   *
   * @param path where the file is, for messages
   * @param file the file
   * @param form how users are written
   * @return the users
   */
  public static Users read(Path path, Document file, UserForm form) {
    UsersReader reader = new UsersReader(form);
    Settings rest = file.settings(USERS, reader::add);
    if (!rest.has(USERS)) {
      rest.reject("Users not found in " + path + " yaml. Failed loading users."
          + " Expected the key users with a list; users: [] means that there are none");
    }
    return reader.read(rest);
  }

  /**
   * Reads users that stand in-line.
   *
   * @param section where {@code users} and {@code groups} stand
   * @param form how users are written
   * @return the users
   */
  public static Users readInLine(Settings section, UserForm form) {
    return new UsersReader(form).read(section);
  }

  private Users read(Settings section) {
    // of a file that was read user by user, the rest has none
    section.sections(USERS).forEach(this::add);
    groups.read(section.sections("groups"));
    groups.rejectUndefined();
    return index.users(section, groups);
  }

  private void add(Settings entry) {
    position++;
    String name = entry.text(USERNAME);
    Optional<String> writtenId = entry.optionalText(ID);
    String id = writtenId.orElse(name);
    Memberships memberships = memberships(entry);
    StoredUser user = new StoredUser(
        position,
        id.equals(name) ? name : id,
        name,
        AccountReader.account(entry, allowPlaintext),
        memberships,
        AccountReader.attributes(entry, this::share));
    boolean named = entry.has(USERNAME) && GrantReader.isName(entry, USERNAME, name);
    boolean identified = writtenId.isEmpty() || GrantReader.isName(entry, ID, id);
    if (named && identified) {
      index.add(user, entry);
    }
  }

  private Memberships memberships(Settings entry) {
    Memberships memberships = new Memberships(
        GrantReader.roles(entry),
        GrantReader.tenantRoles(entry),
        GrantReader.names(entry, "groups"));
    return groups.use(memberships, entry);
  }

  /** The first of all that are equal, since a million users have the same few attributes. */
  private String share(String text) {
    String first = shared.putIfAbsent(text, text);
    return first == null ? text : first;
  }
}
