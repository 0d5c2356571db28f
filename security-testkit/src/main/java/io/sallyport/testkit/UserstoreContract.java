package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Userstore} does. Extend it, and say how a store of certain people is made, and how they are
 * changed behind it; each test gets a store of its own. What concerns {@link PasswordUpdates} is skipped where a store
 * has none.
 *
 * <pre>{@code
 * class MyUserstoreTest extends UserstoreContract {
 *   private final Directory directory = new Directory();
 *
 *   @Override
 *   protected Userstore open(List<Person> people) {
 *     change(people);
 *     return new MyUserstore(directory);
 *   }
 *
 *   @Override
 *   protected void change(List<Person> people) {
 *     directory.setEntries(people);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Timeout(120)
public abstract class UserstoreContract {

  private static final String OLD = "$5$salt$old";
  private static final String NEW = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3";
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Person ALICE = Person.of("alice", OLD);
  private static final Person BOB = Person.of("bob", OLD);

  private final List<Userstore> opened = new ArrayList<>();

  /**
   * Somebody whom a store is to know. Who has the same name afterwards is the same user.
   *
   * @param name what the person signs in with
   * @param hash the stored hash of the password
   * @param active whether the person may sign in
   * @param locked whether an administrator has locked the account
   * @param roles that hold everywhere, and not by way of a group
   * @param tenantRoles the tenants, each with the roles there; perhaps none
   * @param groups the groups, which have no roles
   * @param attributes what else is known
   */
  public record Person(
      String name,
      String hash,
      boolean active,
      boolean locked,
      Set<String> roles,
      Map<String, Set<String>> tenantRoles,
      Set<String> groups,
      Map<String, String> attributes) {

    /**
     * Somebody.
     *
     * @param name what the person signs in with
     * @param hash the stored hash of the password
     * @param active whether the person may sign in
     * @param locked whether an administrator has locked the account
     * @param roles that hold everywhere
     * @param tenantRoles the tenants, each with the roles there
     * @param groups the groups
     * @param attributes what else is known
     */
    public Person {
      roles = Set.copyOf(roles);
      tenantRoles = Map.copyOf(tenantRoles);
      groups = Set.copyOf(groups);
      attributes = Map.copyOf(attributes);
    }

    static Person of(String name, String hash) {
      return new Person(name, hash, true, false, Set.of(), Map.of(), Set.of(), Map.of());
    }

    Person withHash(String other) {
      return new Person(name, other, active, locked, roles, tenantRoles, groups, attributes);
    }

    Person inactive() {
      return new Person(name, hash, false, locked, roles, tenantRoles, groups, attributes);
    }

    Person lockedOut() {
      return new Person(name, hash, active, true, roles, tenantRoles, groups, attributes);
    }

    Person withRoles(String... other) {
      return new Person(name, hash, active, locked, Set.of(other), tenantRoles, groups, attributes);
    }
  }

  /** For subclasses. */
  protected UserstoreContract() {}

  /**
   * Makes a store.
   *
   * @param people whom it knows, and nobody else
   * @return the store, which is closed after the test
   * @throws Exception if it cannot be made, which fails the test
   */
  protected abstract Userstore open(List<Person> people) throws Exception;

  /**
   * Changes what the store of this test reads, as an administrator does who knows nothing of the store.
   *
   * @param people whom it knows from now on, or within 30 seconds
   * @throws Exception if that cannot be done, which fails the test
   */
  protected abstract void change(List<Person> people) throws Exception;

  private Userstore store(Person... people) throws Exception {
    Userstore store = open(List.of(people));
    opened.add(store);
    return store;
  }

  @AfterEach
  final void closeStores() {
    opened.forEach(Userstore::close);
  }

  private static User user(Userstore store, String name) {
    return store.findUser(name).orElseThrow();
  }

  private static String hash(User user) {
    return ((Credential.Stored) user.credential()).hash().revealText();
  }

  private static String hash(Userstore store, String name) {
    return hash(user(store, name));
  }

  private static SecurityStamp stamp(Userstore store, String name) {
    return user(store, name).securityStamp();
  }

  private static void until(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE);
      LockSupport.parkNanos(5_000_000);
    }
  }

  // --- who is found

  @Test
  final void findsWhoHasExactlyTheNameAndNobodyElse() throws Exception {
    Userstore store = store(Person.of("Admin", OLD), BOB);

    Stream.of(
            "admin",
            "ADMIN",
            "\u00c1dmin",
            "A\u0301dmin",
            "\u0391dmin",
            "\uff21dmin",
            "Admin ",
            " Admin",
            "Admin\u00a0",
            "Admin\0",
            "\0",
            "Admin\n",
            "Adm",
            "Admin2",
            "Admi_",
            "Admi%",
            "%",
            "*",
            "*)(uid=*",
            "' OR '1'='1",
            "Admin'--",
            "Admin\\",
            "\ud83d\ude80",
            "\ud800",
            "",
            " ",
            "A".repeat(10_000))
        .forEach(name -> assertThat(store.findUser(name)).as("\"%s\"", name).isEmpty());

    assertThat(user(store, "Admin").name()).isEqualTo("Admin");
  }

  @Test
  final void keepsPeopleApartWhoseNamesLookAlike() throws Exception {
    List<String> names = List.of("Admin", "ADMIN", "admin", "\u00e1dmin", "stra\u00dfe", "strasse");
    Userstore store = store(names.stream()
        .map(name -> Person.of(name, "$5$salt$" + names.indexOf(name)))
        .toArray(Person[]::new));

    Set<String> ids = new HashSet<>();
    for (String name : names) {
      User found = user(store, name);
      assertThat(found.name()).isEqualTo(name);
      assertThat(hash(found)).isEqualTo("$5$salt$" + names.indexOf(name));
      ids.add(found.id());
    }

    assertThat(ids).hasSameSizeAs(names);
  }

  @Test
  final void findsWhoHasExactlyTheIdAndNobodyElse() throws Exception {
    Userstore store = store(ALICE, BOB);
    User alice = user(store, "alice");
    String id = alice.id();

    assertThat(store.findUserById(id).orElseThrow().name()).isEqualTo("alice");
    assertThat(store.findUserById(user(store, "bob").id()).orElseThrow().name()).isEqualTo("bob");
    Stream.of(
            id + " ",
            " " + id,
            id + "\0",
            id + ".0",
            "+" + id,
            id + "; DROP TABLE users",
            "nobody",
            "",
            "\ud800",
            "9".repeat(10_000))
        .forEach(
            other -> assertThat(store.findUserById(other)).as("\"%s\"", other).isEmpty());
  }

  @Test
  final void tellsAllThatIsKnown() throws Exception {
    Userstore store = store(
        new Person(
            "alice",
            OLD,
            true,
            false,
            Set.of("viewer", "deployer"),
            Map.of("lab", Set.of("manager", "user"), "plant", Set.of("user")),
            Set.of("night shift", "operators"),
            Map.of("email", "alice@example.org")),
        BOB);

    for (User alice : List.of(
        user(store, "alice"), store.findUserById(user(store, "alice").id()).orElseThrow())) {
      assertThat(alice.roles()).containsExactlyInAnyOrder("viewer", "deployer");
      assertThat(alice.tenantRoles())
          .isEqualTo(Map.of("lab", Set.of("manager", "user"), "plant", Set.of("user")));
      assertThat(alice.groups()).containsExactlyInAnyOrder("night shift", "operators");
      assertThat(alice.attributes()).containsEntry("email", "alice@example.org");
      assertThat(alice.active()).isTrue();
      assertThat(alice.locked()).isFalse();
      assertThat(hash(alice)).isEqualTo(OLD);
    }
    assertThat(user(store, "bob").roles()).isEmpty();
    assertThat(user(store, "bob").tenantRoles()).isEmpty();
    assertThat(user(store, "bob").groups()).isEmpty();
  }

  @Test
  final void findsWhoMayNotSignInAndSaysSo() throws Exception {
    Userstore store = store(ALICE.inactive(), BOB.lockedOut());

    assertThat(user(store, "alice").active()).isFalse();
    assertThat(user(store, "alice").locked()).isFalse();
    assertThat(user(store, "bob").active()).isTrue();
    assertThat(user(store, "bob").locked()).isTrue();
  }

  @Test
  final void showsNoHashInAnyText() throws Exception {
    Userstore store = store(ALICE);

    assertThat(user(store, "alice").toString()).doesNotContain(OLD).contains("alice");
    assertThat(store.toString()).doesNotContain(OLD);
  }

  @Test
  final void answersManyAtOnce() throws Exception {
    Userstore store = store(ALICE.withRoles("viewer"), BOB.withRoles("deployer"));

    List<List<Set<String>>> found = AtOnce.call(() -> {
      List<Set<String>> roles = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        roles.add(user(store, "alice").roles());
        roles.add(user(store, "bob").roles());
      }
      return roles;
    });

    assertThat(found).hasSize(AtOnce.THREADS).allSatisfy(roles -> {
      assertThat(roles).filteredOn(Set.of("viewer")::equals).hasSize(50);
      assertThat(roles).filteredOn(Set.of("deployer")::equals).hasSize(50);
    });
  }

  // --- what changes

  @Test
  final void noticesWhoComesAndWhoGoes() throws Exception {
    Userstore store = store(ALICE, BOB);
    String id = user(store, "bob").id();
    Person carol = Person.of("carol", OLD);

    change(List.of(ALICE, carol));

    until(() -> store.findUser("bob").isEmpty());
    assertThat(store.findUserById(id)).isEmpty();
    assertThat(user(store, "carol").name()).isEqualTo("carol");
    assertThat(user(store, "alice").name()).isEqualTo("alice");
  }

  @Test
  final void keepsIdAndStampWhileWhatSomebodyMayDoChanges() throws Exception {
    Userstore store = store(ALICE.withRoles("viewer"), BOB);
    User before = user(store, "alice");

    change(List.of(ALICE.withRoles("deployer"), BOB));

    until(() -> user(store, "alice").roles().equals(Set.of("deployer")));
    assertThat(user(store, "alice").id()).isEqualTo(before.id());
    assertThat(stamp(store, "alice")).isEqualTo(before.securityStamp());
    assertThat(store.findUserById(before.id()).orElseThrow().securityStamp())
        .isEqualTo(before.securityStamp());
  }

  @Test
  final void theStampOfWhoGetsAnotherPasswordIsAnotherOne() throws Exception {
    Userstore store = store(ALICE, BOB);
    SecurityStamp alice = stamp(store, "alice");
    SecurityStamp bob = stamp(store, "bob");

    change(List.of(ALICE.withHash("$5$salt$other"), BOB));

    until(() -> hash(store, "alice").equals("$5$salt$other"));
    assertThat(stamp(store, "alice")).isNotEqualTo(alice);
    assertThat(stamp(store, "bob")).isEqualTo(bob);
  }

  @Test
  final void theStampOfWhoIsDeactivatedIsAnotherOne() throws Exception {
    Userstore store = store(ALICE, BOB);
    SecurityStamp before = stamp(store, "alice");

    change(List.of(ALICE.inactive(), BOB));

    until(() -> !user(store, "alice").active());
    assertThat(stamp(store, "alice")).isNotEqualTo(before);
  }

  @Test
  final void peopleWithTheSameHashHaveDifferentStamps() throws Exception {
    Userstore store = store(ALICE, BOB);

    assertThat(stamp(store, "alice")).isNotEqualTo(stamp(store, "bob"));
  }

  // --- hashes that are replaced

  private static boolean replace(Userstore store, String id, String expected, String replacement) {
    return store
        .passwordUpdates()
        .orElseThrow()
        .replaceHash(id, Secret.ofText(expected), Secret.ofText(replacement));
  }

  private Userstore writable(Person... people) throws Exception {
    Userstore store = store(people);
    assumeThat(store.passwordUpdates()).as("replaces hashes").isPresent();
    return store;
  }

  @Test
  final void replacesTheHashThatWasVerifiedAndNothingElse() throws Exception {
    Userstore store = writable(ALICE.withRoles("viewer"), BOB);
    User before = user(store, "alice");

    assertThat(replace(store, before.id(), OLD, NEW)).isTrue();

    User after = user(store, "alice");
    assertThat(hash(after)).isEqualTo(NEW);
    assertThat(after.securityStamp()).isEqualTo(before.securityStamp());
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("credential", "securityStamp")
        .isEqualTo(before);
    assertThat(hash(store, "bob")).isEqualTo(OLD);
  }

  @Test
  final void carriesTheStampOverSeveralReplacements() throws Exception {
    Userstore store = writable(ALICE, BOB);
    User before = user(store, "alice");

    replace(store, before.id(), OLD, NEW);
    replace(store, before.id(), NEW, NEW + "er");

    assertThat(hash(store, "alice")).isEqualTo(NEW + "er");
    assertThat(stamp(store, "alice")).isEqualTo(before.securityStamp());
  }

  @Test
  final void leavesAnotherHashThanTheExpectedOneAlone() throws Exception {
    Userstore store = writable(ALICE, BOB);
    String id = user(store, "alice").id();

    assertThat(replace(store, id, "$5$salt$OLD", NEW)).isFalse();
    assertThat(replace(store, id, OLD + " ", NEW)).isFalse();
    assertThat(replace(store, id, "", NEW)).isFalse();
    assertThat(replace(store, "nobody", OLD, NEW)).isFalse();
    assertThat(replace(store, "4711", OLD, NEW)).isFalse();

    assertThat(hash(store, "alice")).isEqualTo(OLD);
    assertThat(hash(store, "bob")).isEqualTo(OLD);
  }

  @Test
  final void letsExactlyOneOfManyAtOnceWin() throws Exception {
    Userstore store = writable(ALICE, BOB);
    String id = user(store, "alice").id();

    List<String> winners = AtOnce.call(() -> {
          String mine = NEW + Thread.currentThread().getId();
          return replace(store, id, OLD, mine) ? mine : "";
        })
        .stream()
        .filter(mine -> !mine.isEmpty())
        .toList();

    assertThat(winners).hasSize(1);
    assertThat(hash(store, "alice")).isEqualTo(winners.get(0));
  }
}
