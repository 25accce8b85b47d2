package io.millrace.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The house: which way dependencies run, and which library lives where. */
class ArchitectureTest {

  private static final String STORAGE = "io.millrace.storage..";
  private static final String SQLITE = "io.millrace.storage.sqlite..";
  private static final String JSON = "io.millrace.storage.json..";
  private static final String BUFFER = "io.millrace.buffer..";
  private static final String ENGINE = "io.millrace.engine..";
  private static final String[] ABOVE = {
    "io.millrace.testkit..",
    "io.millrace.micrometer..",
    "io.millrace.opentelemetry..",
    "io.millrace.spring..",
    "io.millrace.jmh..",
    "io.millrace.campaigns..",
    "io.millrace.cli.."
  };

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.millrace");

  @Test
  void shouldSeeEveryStorey() {
    Map<String, Integer> classes = new TreeMap<>();
    for (JavaClass type : MAIN) {
      String storey = type.getPackageName().replaceFirst("^io\\.millrace\\.(\\w+).*", "$1");
      classes.merge(storey, 1, Integer::sum);
    }
    // A rule over no classes proves nothing.
    assertThat(classes)
        .containsKeys("storage", "buffer", "engine", "testkit", "jmh", "campaigns", "cli")
        .containsKeys("micrometer", "opentelemetry", "spring");
  }

  @Test
  void shouldLetDependenciesRunOneWay() {
    check(
        noClasses()
            .that()
            .resideInAPackage(STORAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BUFFER, ENGINE));
    check(
        noClasses()
            .that()
            .resideInAPackage(BUFFER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, SQLITE));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(STORAGE, BUFFER, ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ABOVE));
  }

  @Test
  void shouldKeepOneLibraryInOneModule() {
    only(BUFFER, "com.lmax.disruptor..");
    only(BUFFER, "net.openhft..");
    only(SQLITE, "java.sql..", "org.sqlite..");
    only("io.millrace.micrometer..", "io.micrometer..");
    only("io.millrace.opentelemetry..", "io.opentelemetry..");
    only("io.millrace.spring..", "org.springframework..");
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(STORAGE, "io.millrace.jmh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.esotericsoftware.."));
    check(
        noClasses()
            .that()
            .resideInAPackage(SQLITE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.esotericsoftware.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(STORAGE, BUFFER, ENGINE, "io.millrace.testkit..")
            .and()
            .resideOutsideOfPackage(JSON)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", JSON));
  }

  @Test
  void shouldKeepChronicleBehindItsFilling() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.buffer.internal.segment.chronicle..")
            .and()
            .resideOutsideOfPackage("io.millrace.jmh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.openhft..")
            .because(
                "framing and recovery read plain bytes; Chronicle only fills the segment seam"));
  }

  @Test
  void shouldOpenNoSocket() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.net\\.(Socket|ServerSocket|DatagramSocket|HttpURLConnection|http\\..*)"));
  }

  @Test
  void shouldHandSqlToTheDriverInFewPlaces() {
    // Text reaches SQLite only here, where it is read by eye; the rest binds parameters.
    check(
        noClasses()
            .that()
            .resideInAPackage(SQLITE)
            .and()
            .haveNameNotMatching(".*\\.(WriterConnection|Settings)")
            .should()
            .callMethod(Connection.class, "createStatement"));
    check(
        noClasses()
            .that()
            .resideInAPackage(SQLITE)
            .and()
            .haveNameNotMatching(".*\\.(KeptStatement|StoreMeta|StoreFiles|SqliteLook|SqlQuery)")
            .should()
            .callMethod(Connection.class, "prepareStatement", String.class));
  }

  @Test
  void shouldCarryNoUsageReporting() {
    ClassLoader loader = ArchitectureTest.class.getClassLoader();
    assertThat(loader.getResource("net/openhft/chronicle/queue/ChronicleQueue.class"))
        .as("Chronicle itself, without which the rest proves nothing")
        .isNotNull();
    assertThat(loader.getResource("net/openhft/chronicle/analytics/Analytics.class")).isNull();
  }

  @Test
  void shouldUseNoJavaSerialization() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.jmh..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.Object(Input|Output)Stream"));
  }

  private static void only(String home, String... library) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(home, "io.millrace.jmh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(library));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
