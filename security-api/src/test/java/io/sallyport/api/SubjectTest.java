package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubjectTest {

  @Test
  void anOutsideSubjectKeepsTheRolesThatItWasMadeWith() {
    Set<String> inLab = new HashSet<>(Set.of("viewer"));
    Map<String, Set<String>> tenantRoles = new HashMap<>(Map.of("lab", inLab));
    var subject = new Subject.ExternalUser("issuer", "1", "eve", Set.of(), tenantRoles, Map.of());

    inLab.add("admin");
    tenantRoles.put("office", Set.of("admin"));

    assertThat(subject.tenantRoles()).isEqualTo(Map.of("lab", Set.of("viewer")));
  }
}
