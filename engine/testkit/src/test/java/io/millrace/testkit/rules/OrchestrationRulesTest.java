package io.millrace.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.millrace.testkit.OrchestrationRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrchestrationRulesTest {

  private static JavaClasses classes(Class<?>... types) {
    return new ClassFileImporter().importClasses(types);
  }

  private static List<String> faults(ArchRule rule, Class<?>... types) {
    EvaluationResult result = rule.evaluate(classes(types));
    return result.getFailureReport().getDetails();
  }

  @Test
  void shouldFindNothingInGoodCode() {
    JavaClasses good = classes(GoodCode.class);
    assertThatCode(() -> OrchestrationRules.deterministic().check(good)).doesNotThrowAnyException();
  }

  @Test
  void shouldFindClocksAndNameTheContextsOwn() {
    assertThat(faults(OrchestrationRules.noClocks(), BadCode.Clocks.class))
        .hasSize(4)
        .allSatisfy(fault -> assertThat(fault).contains("BadCode.java:", "use ctx.now()"))
        .anySatisfy(fault -> assertThat(fault).contains("Clocks.run uses java.time.Instant.now"))
        .anySatisfy(fault -> assertThat(fault).contains("java.time.LocalDate.now"))
        .anySatisfy(fault -> assertThat(fault).contains("java.lang.System.nanoTime"))
        .anySatisfy(fault -> assertThat(fault).contains("java.util.Date"));
  }

  @Test
  void shouldFindRandomness() {
    assertThat(faults(OrchestrationRules.noRandomness(), BadCode.Randomness.class))
        .anySatisfy(fault -> assertThat(fault).contains("randomUUID", "ctx.newUuid()"))
        .anySatisfy(fault -> assertThat(fault).contains("java.util.Random.<init>", "ctx.random()"))
        .anySatisfy(fault -> assertThat(fault).contains("ThreadLocalRandom.current"))
        .anySatisfy(fault -> assertThat(fault).contains("java.lang.Math.random"));
  }

  @Test
  void shouldFindThreads() {
    assertThat(faults(OrchestrationRules.noThreads(), BadCode.Threads.class))
        .anySatisfy(fault -> assertThat(fault).contains("Thread.sleep", "ctx.sleep(duration)"))
        .anySatisfy(fault -> assertThat(fault).contains("Executors", "ctx.all"))
        .anySatisfy(fault -> assertThat(fault).contains("Thread.start"))
        .anySatisfy(fault -> assertThat(fault).contains("parallelStream"))
        .anySatisfy(fault -> assertThat(fault).contains("CompletableFuture.supplyAsync"));
  }

  @Test
  void shouldFindInputAndOutput() {
    assertThat(faults(OrchestrationRules.noInputOutput(), BadCode.InputOutput.class))
        .anySatisfy(fault -> assertThat(fault).contains("System.out", "ctx.logger()"))
        .anySatisfy(fault -> assertThat(fault).contains("java.net.Socket", "activity"))
        .anySatisfy(fault -> assertThat(fault).contains("Files.readString", "activity"))
        .anySatisfy(fault -> assertThat(fault).contains("System.getenv", "input"));
  }

  @Test
  void shouldFindStaticsThatCanChange() {
    assertThat(faults(OrchestrationRules.noChangingStatics(), BadCode.Statics.class))
        .anySatisfy(fault -> assertThat(fault).contains("Statics.COUNT", "StateKey"))
        .anySatisfy(fault -> assertThat(fault).contains("Statics.last"))
        .anySatisfy(fault -> assertThat(fault).contains("Statics.TABLE"));
  }

  @Test
  void shouldNameTheWayWhenTheFaultIsFarAway() {
    assertThat(
            faults(
                OrchestrationRules.deterministic(), BadCode.Indirect.class, BadCode.Helper.class))
        .singleElement()
        .asString()
        .contains("Helper.second, reached from Indirect.run > Indirect.first uses")
        .contains("System.currentTimeMillis");
  }

  @Test
  void shouldFindAllOfThemByOneRule() {
    assertThat(
            faults(
                OrchestrationRules.deterministic(),
                BadCode.Clocks.class,
                BadCode.Randomness.class,
                BadCode.Threads.class,
                BadCode.InputOutput.class,
                BadCode.Statics.class))
        .hasSizeGreaterThan(18);
  }

  @Test
  void shouldLookAtWholeClassesWhenTheyAreChosen() {
    ArchRule whole = OrchestrationRules.deterministicIn(DescribedPredicate.alwaysTrue());
    assertThat(faults(whole, GoodCode.class))
        .singleElement()
        .asString()
        .contains("GoodCode.activity", "currentTimeMillis");
  }
}
