package io.sallyport.core.internal.rules;

import io.sallyport.api.Authorization;
import io.sallyport.api.Target;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each role may do: role, allow or deny, path, methods. Immutable.
 *
 * <p>In a path an asterisk stands for any characters, slashes included, and everything else for itself; a
 * path that ends in a slash and an asterisk includes the path without the two. A role that is not in the
 * file contributes nothing.
 */
public final class RolesFile {

  private final Map<String, Role> roles;
  private final Grants allDenials;

  private record Role(Grants allowed, Grants denied) {}

  private RolesFile(Map<String, Role> roles, Grants allDenials) {
    this.roles = Map.copyOf(roles);
    this.allDenials = allDenials;
  }

  /**
   * Begins a file.
   *
   * @return a builder, which knows no role yet
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a file. What is wrong with it is noted in the document.
   *
   * @param document the file
   * @return its content
   */
  public static RolesFile read(ConfigurationFiles.Document document) {
    Settings settings = document.settings();
    Builder builder = builder();
    for (String name : settings.keys()) {
      Settings role = settings.section(name);
      role.optionalSection("allow").ifPresent(paths -> read(paths, name, builder::allow));
      role.optionalSection("deny").ifPresent(paths -> read(paths, name, builder::deny));
    }
    return builder.build();
  }

  private interface Row {
    void add(String role, String path, Collection<String> methods);
  }

  private static void read(Settings paths, String role, Row row) {
    for (String path : paths.keys()) {
      try {
        row.add(role, path, paths.texts(path));
      } catch (IllegalArgumentException wrong) {
        paths.reject(path, String.valueOf(wrong.getMessage()));
      }
    }
  }

  /**
   * Decides: allowed if some role allows and none denies.
   *
   * @param held the caller's roles, all of which can deny
   * @param permitted those of them that the credential is good for, which alone can allow
   * @param target what is asked for
   * @return the decision; the reason names role and row
   */
  public Authorization decide(Set<String> held, Set<String> permitted, Target target) {
    Grants.@Nullable Grant allowing = null;
    for (String name : held) {
      Role role = roles.get(name);
      if (role == null) {
        continue;
      }
      Grants.Grant denying = role.denied().findWithOrWithoutSlash(target.path(), target.method());
      if (denying != null) {
        return denying.answer();
      }
      if (allowing == null && permitted.contains(name)) {
        allowing = role.allowed().find(target.path(), target.method());
      }
    }
    return allowing == null ? new Authorization.NotAllowed(lack(permitted)) : allowing.answer();
  }

  /**
   * Whether some role is denied a target.
   *
   * @param target what is asked for
   * @return whether {@link #decide} would answer {@code Denied} for some roles
   */
  public boolean mayDeny(Target target) {
    return allDenials.findWithOrWithoutSlash(target.path(), target.method()) != null;
  }

  private static String lack(Set<String> held) {
    return held.isEmpty()
        ? "the caller has no role"
        : "none of the caller's roles allows it: " + String.join(", ", held);
  }

  /** Collects rows. For one thread. */
  public static final class Builder {

    private final Map<String, List<Grants.Grant>> allowed = new LinkedHashMap<>();
    private final Map<String, List<Grants.Grant>> denied = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Allows a role something.
     *
     * @param role the role
     * @param path the path's pattern
     * @param methods the methods in any case; an asterisk among them means every method
     * @throws IllegalArgumentException if path or methods are such as no request can match
     */
    public void allow(String role, String path, Collection<String> methods) {
      add(allowed, Grants.Grant.allowing(role, checked(path), Methods.ofAnyCase(methods)));
    }

    /**
     * Denies a role something.
     *
     * @param role the role
     * @param path the path's pattern
     * @param methods the methods in any case; an asterisk among them means every method
     * @throws IllegalArgumentException if path or methods are such as no request can match
     */
    public void deny(String role, String path, Collection<String> methods) {
      add(denied, Grants.Grant.denying(role, checked(path), Methods.ofAnyCase(methods)));
    }

    private static String checked(String path) {
      StarPattern.check(path);
      return path;
    }

    private static void add(Map<String, List<Grants.Grant>> rows, Grants.Grant grant) {
      rows.computeIfAbsent(grant.role(), name -> new ArrayList<>()).add(grant);
    }

    /**
     * Finishes.
     *
     * @return the content
     */
    public RolesFile build() {
      Map<String, Role> roles = new HashMap<>();
      for (var rows : List.of(allowed, denied)) {
        for (String name : rows.keySet()) {
          roles.computeIfAbsent(
              name,
              role -> new Role(
                  new Grants(allowed.getOrDefault(role, List.of())),
                  new Grants(denied.getOrDefault(role, List.of()))));
        }
      }
      return new RolesFile(roles, new Grants(deniedToSomebody()));
    }

    /** Each path once, whoever is denied it. */
    private List<Grants.Grant> deniedToSomebody() {
      Map<String, Grants.Grant> byPath = new LinkedHashMap<>();
      for (List<Grants.Grant> grants : denied.values()) {
        for (Grants.Grant grant : grants) {
          byPath.merge(
              grant.pattern(),
              grant,
              (one, other) -> Grants.Grant.denying(
                  one.role(), one.pattern(), one.methods().and(other.methods())));
        }
      }
      return List.copyOf(byPath.values());
    }
  }
}
