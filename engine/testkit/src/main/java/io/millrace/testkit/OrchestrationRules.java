package io.millrace.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/**
 * ArchUnit rules for the code of orchestrations, which must do the same at every replay.
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "shop")
 * class OrchestrationsTest {
 *   @ArchTest
 *   static final ArchRule DETERMINISTIC = OrchestrationRules.deterministic();
 * }
 * }</pre>
 *
 * <p>Without a choice of classes a rule looks at every method that takes an {@code
 * OrchestrationContext}, and at every method and constructor of the imported classes that it can
 * reach from there; the message names the way. A lambda belongs, in byte code, to the method that
 * holds it: an orchestration that is written as a lambda where it is registered is seen only by the
 * rules over whole classes, such as {@link #deterministicIn}; better write it as a method.
 */
public final class OrchestrationRules {

  private OrchestrationRules() {}

  /** Returns the rule that bans clocks, randomness, threads, I/O and changing statics. */
  public static ArchRule deterministic() {
    return rule(
        "the replayed code of orchestrations",
        new ReplayedCode(
            true, Ban.CLOCKS, Ban.RANDOMNESS, Ban.THREADS, Ban.INPUT_OUTPUT, ReplayedCode.STATICS));
  }

  /** As {@link #deterministic}, for all the code of certain classes, lambdas and all. */
  public static ArchRule deterministicIn(DescribedPredicate<? super JavaClass> chosen) {
    return classes()
        .that(chosen)
        .should(
            new ReplayedCode(
                false,
                Ban.CLOCKS,
                Ban.RANDOMNESS,
                Ban.THREADS,
                Ban.INPUT_OUTPUT,
                ReplayedCode.STATICS))
        .allowEmptyShould(true);
  }

  /** Returns the rule that bans clocks: {@code ctx.now()} tells the time. */
  public static ArchRule noClocks() {
    return rule("orchestrations and clocks", new ReplayedCode(true, Ban.CLOCKS));
  }

  /** Returns the rule that bans randomness: {@code ctx.random()} and {@code ctx.newUuid()}. */
  public static ArchRule noRandomness() {
    return rule("orchestrations and randomness", new ReplayedCode(true, Ban.RANDOMNESS));
  }

  /** Returns the rule that bans threads and waiting for them. */
  public static ArchRule noThreads() {
    return rule("orchestrations and threads", new ReplayedCode(true, Ban.THREADS));
  }

  /** Returns the rule that bans input and output: activities do that. */
  public static ArchRule noInputOutput() {
    return rule("orchestrations and I/O", new ReplayedCode(true, Ban.INPUT_OUTPUT));
  }

  /** Returns the rule that bans static fields that can change. */
  public static ArchRule noChangingStatics() {
    return rule("orchestrations and statics", new ReplayedCode(true, ReplayedCode.STATICS));
  }

  private static ArchRule rule(String name, ReplayedCode condition) {
    return classes()
        .should(condition)
        .allowEmptyShould(true)
        .as(name + " should " + condition.getDescription())
        .because("replay must repeat what was done first");
  }
}
