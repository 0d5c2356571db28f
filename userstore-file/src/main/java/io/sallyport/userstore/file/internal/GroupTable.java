package io.sallyport.userstore.file.internal;

import io.sallyport.spi.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups of a file, and which of them its users name: the users may come before the groups. */
final class GroupTable {

  private static final int SHOWN = 10;

  private final Map<String, Grants> groups = new HashMap<>();
  private final Map<String, Settings> firstUse = new LinkedHashMap<>();
  private final Map<Memberships, Memberships> used = new HashMap<>();

  /**
   * Remembers what a user is given.
   *
   * @return the first of all that are equal, since a million users are given the same few things
   */
  Memberships use(Memberships memberships, Settings user) {
    Memberships first = used.putIfAbsent(memberships, memberships);
    if (first != null) {
      return first;
    }
    for (String group : memberships.groups()) {
      firstUse.computeIfAbsent(group, unseen -> user);
    }
    return memberships;
  }

  /** Reads the groups. */
  void read(List<Settings> entries) {
    for (Settings entry : entries) {
      String name = entry.text("name");
      Grants grants = new Grants(GrantReader.roles(entry), GrantReader.tenantRoles(entry));
      if (GrantReader.isName(entry, "name", name) && groups.putIfAbsent(name, grants) != null) {
        entry.reject("name", "a group of this name is defined already; keep one of them");
      }
    }
  }

  /** Notes the groups that users name and nobody defines. */
  void rejectUndefined() {
    firstUse.forEach((group, user) -> {
      if (!groups.containsKey(group)) {
        user.reject("group \"" + group + "\", first named here, is not defined; define it under"
            + " groups or take it out" + defined());
      }
    });
  }

  /** What each combination of memberships that users have comes to. */
  Map<Memberships, Grants> grants() {
    Map<Memberships, Grants> grants = new HashMap<>();
    used.keySet().forEach(memberships -> grants.put(memberships, Grants.of(memberships, groups)));
    return grants;
  }

  private String defined() {
    if (groups.isEmpty()) {
      return "; no group is defined";
    }
    List<String> some = groups.keySet().stream().sorted().limit(SHOWN).toList();
    return "; defined: " + String.join(", ", some) + (groups.size() > SHOWN ? ", …" : "");
  }
}
