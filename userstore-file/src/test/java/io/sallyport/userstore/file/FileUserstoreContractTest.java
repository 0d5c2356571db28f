package io.sallyport.userstore.file;

import static java.util.stream.Collectors.joining;

import io.sallyport.spi.Userstore;
import io.sallyport.testkit.UserstoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class FileUserstoreContractTest extends UserstoreContract {

  @RegisterExtension
  final TestHost host = new TestHost();

  @Override
  protected Userstore open(List<Person> people) {
    return host.storeOf(file(people));
  }

  @Override
  protected void change(List<Person> people) throws IOException {
    // as editors save
    Path next = host.write("users.yaml.next", file(people));
    Files.move(next, next.resolveSibling("users.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String file(List<Person> people) {
    String users = people.stream().map(each -> "\n  - " + entry(each)).collect(joining());
    String groups = people.stream()
        .flatMap(each -> each.groups().stream())
        .distinct()
        .map(each -> "\n  - {name: " + quoted(each) + "}")
        .collect(joining());
    return "users:" + users + (groups.isEmpty() ? "" : "\ngroups:" + groups) + "\n";
  }

  private static String entry(Person person) {
    String tenants = person.tenantRoles().entrySet().stream()
        .map(each -> quoted(each.getKey()) + ": " + list(each.getValue()))
        .collect(joining(", "));
    String attributes = person.attributes().entrySet().stream()
        .map(each -> quoted(each.getKey()) + ": " + quoted(each.getValue()))
        .collect(joining(", "));
    return "{username: %s, password: %s, active: %s, locked: %s, roles: %s, groups: %s, tenants: {%s}, attributes: {%s}}"
        .formatted(
            quoted(person.name()),
            quoted(person.hash()),
            person.active(),
            person.locked(),
            list(person.roles()),
            list(person.groups()),
            tenants,
            attributes);
  }

  private static String list(Collection<String> texts) {
    return texts.stream().map(FileUserstoreContractTest::quoted).collect(joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
