package io.millrace.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.spring.MillraceActivity;
import io.millrace.spring.MillraceAutoConfiguration;
import io.millrace.spring.MillraceCustomizer;
import io.millrace.spring.MillraceOrchestration;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;

/** Which methods become activities and orchestrations, and which are refused. */
class DeclarationsTest {

  static final Activity<List<String>, Integer> COUNT =
      Activity.named("count", new TypeRef<List<String>>() {}, TypeRef.of(Integer.class));
  static final Activity<Void, Void> NOTE = Activity.named("note", Void.class, Void.class);
  static final Activity<String, String> OTHER =
      Activity.named("x/other", String.class, String.class);
  static final Orchestration<String, Integer> FLOW =
      Orchestration.named("flow", String.class, Integer.class);
  static final Orchestration<String, Integer> NEXT = FLOW.withVersion("2");

  private static AnnotationConfigApplicationContext started(Class<?>... sources) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("millrace.in-memory", true)));
    context.register(MillraceAutoConfiguration.class);
    context.register(sources);
    context.refresh();
    return context;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusalOf(Class<?>... sources) {
    return assertThatThrownBy(() -> started(sources).close())
        .rootCause()
        .isInstanceOf(StartRefusedException.class);
  }

  /** What an activity needs, and what needs the engine in turn. */
  static class Helper {
    String text = "";
  }

  static class Activities {
    private final Helper helper;

    Activities(Helper helper, ObjectProvider<Millrace> millrace) {
      this.helper = helper;
    }

    @MillraceActivity
    int count(List<String> words) {
      return words.size();
    }

    @MillraceActivity
    void note() {
      helper.text += "noted";
    }

    @MillraceActivity(handleIn = DeclarationsTest.class, name = "x/other")
    String other(ActivityContext context, CharSequence input) {
      return context.activityName() + input;
    }

    static final Activity<List<String>, Integer> COUNT = DeclarationsTest.COUNT;
    static final Activity<Void, Void> NOTE = DeclarationsTest.NOTE;
  }

  static class Flows {
    static final int ONE = 1;

    @MillraceOrchestration(handleIn = DeclarationsTest.class)
    @SuppressWarnings("NullAway") // null is the only value of Void
    Integer flow(OrchestrationContext ctx, String input) {
      ctx.call(NOTE, null).await();
      return ctx.call(COUNT, List.of(input, ctx.call(OTHER, input).await())).await();
    }

    @MillraceOrchestration(handleIn = DeclarationsTest.class, name = "flow", version = "2")
    static int next(OrchestrationContext ctx, String input) {
      return ONE;
    }
  }

  @Test
  void shouldRunMethodsOfBeans() {
    try (var context = started(Helper.class, Activities.class, Flows.class)) {
      Millrace millrace = context.getBean(Millrace.class);
      assertThat(millrace.start(FLOW, "a", "word").result(Duration.ofSeconds(10))).isEqualTo(2);
      assertThat(millrace.start(NEXT, "b", "word").result(Duration.ofSeconds(10))).isEqualTo(1);
      assertThat(context.getBean(Helper.class).text).isEqualTo("noted");
    }
  }

  static class Coded {
    @Bean
    MillraceCustomizer coded() {
      return builder -> builder.orchestration(FLOW, (ctx, input) -> input.length());
    }
  }

  @Test
  void shouldLetCodeSetWhatPropertiesCannot() {
    try (var context = started(Coded.class)) {
      Millrace millrace = context.getBean(Millrace.class);
      assertThat(millrace.start(FLOW, "a", "word").result(Duration.ofSeconds(10))).isEqualTo(4);
    }
  }

  static class ByConstructor {
    ByConstructor(Helper helper) {}

    @MillraceOrchestration(handleIn = DeclarationsTest.class)
    Integer flow(OrchestrationContext ctx, String input) {
      return 0;
    }
  }

  static class ByField {
    @Autowired Helper helper;

    @MillraceOrchestration(handleIn = DeclarationsTest.class)
    Integer flow(OrchestrationContext ctx, String input) {
      return 0;
    }
  }

  static class BySetter {
    @Autowired
    void use(Helper helper) {}

    @MillraceOrchestration(handleIn = DeclarationsTest.class)
    Integer flow(OrchestrationContext ctx, String input) {
      return 0;
    }
  }

  static class ByParameter {
    @MillraceOrchestration(handleIn = DeclarationsTest.class)
    Integer flow(OrchestrationContext ctx, String input, Helper helper) {
      return 0;
    }
  }

  @Test
  void shouldRefuseCollaboratorsOfAnOrchestrationWithTheReason() {
    refusalOf(Helper.class, ByConstructor.class)
        .hasMessageContaining("ByConstructor.flow(OrchestrationContext, String)")
        .hasMessageContaining("has a constructor that takes Helper")
        .hasMessageContaining("must do the same each time")
        .extracting(e -> ((StartRefusedException) e).action())
        .asString()
        .contains("@MillraceActivity");
    refusalOf(Helper.class, ByField.class).hasMessageContaining("has the field Helper helper");
    refusalOf(Helper.class, BySetter.class).hasMessageContaining("has the injected method use");
    refusalOf(Helper.class, ByParameter.class).hasMessageContaining("its types are not those");
  }

  static class WithoutHandle {
    @MillraceActivity(handleIn = DeclarationsTest.class)
    int cuont(List<String> words) {
      return 0;
    }
  }

  static class OfOtherTypes {
    @MillraceActivity(handleIn = DeclarationsTest.class)
    long count(List<Integer> words) {
      return 0;
    }
  }

  static class Hidden {
    @MillraceActivity(handleIn = DeclarationsTest.class)
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // that is the point
    private int count(List<String> words) {
      return 0;
    }
  }

  @Test
  void shouldRefuseAnActivityThatIsNoneOfTheHandles() {
    refusalOf(WithoutHandle.class)
        .hasMessageContaining("holds the Activity cuont; it has [count, note, x/other]");
    refusalOf(OfOtherTypes.class)
        .hasMessageContaining("which gives java.util.List<java.lang.String>")
        .hasMessageContaining("and returns long");
    refusalOf(Hidden.class).hasMessageContaining("the method is private");
  }

  interface Seen {}

  static class Unseen implements Seen {
    @MillraceActivity(handleIn = DeclarationsTest.class)
    int count(List<String> words) {
      return 0;
    }
  }

  static class Factory {
    @Bean
    Seen unseen(Millrace opensFirst) {
      return new Unseen();
    }
  }

  @Test
  void shouldRefuseAnActivityThatTheDeclaredTypeDidNotShow() {
    refusalOf(Factory.class).hasMessageContaining("was not seen when the engine opened");
  }

  static class Again extends Activities {
    Again(Helper helper, ObjectProvider<Millrace> millrace) {
      super(helper, millrace);
    }
  }

  @Test
  void shouldSayWhatTheBuilderRefuses() {
    assertThatThrownBy(() -> started(Helper.class, Activities.class, Again.class).close())
        .hasStackTraceContaining("The engine refuses what it is given")
        .hasStackTraceContaining("the activity is registered already");
  }
}
