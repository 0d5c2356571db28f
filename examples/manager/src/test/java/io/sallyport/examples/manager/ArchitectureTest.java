package io.sallyport.examples.manager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules, checked here since no other module sees all of them. */
class ArchitectureTest {

  private static final String CORE = "io.sallyport.core";
  private static final String[] API = {"io.sallyport.api..", "io.sallyport.spi.."};
  private static final List<String> PLUG_INS = List.of(
      "io.sallyport.userstore.file",
      "io.sallyport.userstore.jdbc",
      "io.sallyport.authprovider.password",
      "io.sallyport.authprovider.token",
      "io.sallyport.authprovider.certificate");

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.sallyport");

  @Test
  void seesEveryModule() {
    for (String root :
        Stream.concat(modules(), Stream.of("io.sallyport.examples")).toList()) {
      assertThat(CLASSES.containPackage(root)).as(root).isTrue();
    }
  }

  @Test
  void theInterfacesNeedNothingButTheJdkAndTheNullnessAnnotations() {
    classes()
        .that()
        .resideInAnyPackage(API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(plus(API, "java..", "javax.crypto..", "javax.sql..", "org.jspecify.."))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("plugIns")
  void aPlugInKnowsOfUsOnlyTheInterfaces(String root) {
    classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .onlyDependOnClassesThat(
            outsideOfUs().or(JavaClass.Predicates.resideInAnyPackage(plus(API, root + ".."))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("plugIns")
  void aPlugInKnowsNothingOfServlets(String root) {
    noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "javax.servlet..")
        .check(CLASSES);
  }

  @Test
  void theCoreKnowsOfUsOnlyTheInterfaces() {
    classes()
        .that()
        .resideInAPackage(CORE + "..")
        .should()
        .onlyDependOnClassesThat(
            outsideOfUs().or(JavaClass.Predicates.resideInAnyPackage(plus(API, CORE + ".."))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCoreAndTheExamplesKnowServlets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CORE + "..", "io.sallyport.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void theGateTheRulesTheConfigurationAndTheAuditLogKnowNothingOfServlets() {
    noClasses()
        .that()
        .resideInAnyPackage(
            CORE + ".internal.gate..",
            CORE + ".internal.rules..",
            CORE + ".internal.config..",
            CORE + ".internal.audit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheOldServletPackages() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.servlet..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void nobodyLooksIntoTheInternalPackagesOfAnotherModule(String root) {
    noClasses()
        .that()
        .resideOutsideOfPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + "..internal..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.sallyport.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageSaysThatNothingIsNull() {
    classes().should(resideInAMarkedPackage()).check(CLASSES);
  }

  private static ArchCondition<JavaClass> resideInAMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        JavaPackage home = item.getPackage();
        events.add(new SimpleConditionEvent(
            item, home.isAnnotatedWith(NullMarked.class), Objects.toString(home.getName())));
      }
    };
  }

  private static DescribedPredicate<JavaClass> outsideOfUs() {
    return JavaClass.Predicates.resideOutsideOfPackage("io.sallyport..");
  }

  private static String[] plus(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private static Stream<String> plugIns() {
    return PLUG_INS.stream();
  }

  private static Stream<String> modules() {
    return Stream.concat(Stream.of("io.sallyport.api", "io.sallyport.spi", CORE), plugIns());
  }
}
