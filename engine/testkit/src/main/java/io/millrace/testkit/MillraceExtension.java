package io.millrace.testkit;

import io.millrace.engine.MillraceBuilder;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test of a JUnit 5 class a {@link TestEngine} of its own, in memory, as {@link
 * #engine()} or as a parameter, and closes it afterwards.
 *
 * <pre>{@code
 * @RegisterExtension
 * final MillraceExtension millrace = MillraceExtension.with(builder -> builder.orchestration(...));
 *
 * @Test
 * void shouldRemindAfterAWeek(TestEngine engine) { ... }
 * }</pre>
 */
public final class MillraceExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private final TestOptions options;
  private final Consumer<MillraceBuilder> setup;
  private @Nullable TestEngine engine;

  private MillraceExtension(TestOptions options, Consumer<MillraceBuilder> setup) {
    this.options = options;
    this.setup = Objects.requireNonNull(setup, "setup");
  }

  /**
   * Returns an extension.
   *
   * @param setup called before each test; registers orchestrations and activities
   */
  public static MillraceExtension with(Consumer<MillraceBuilder> setup) {
    return with(TestOptions.DEFAULTS, setup);
  }

  /** As {@link #with(Consumer)}, with options. */
  public static MillraceExtension with(TestOptions options, Consumer<MillraceBuilder> setup) {
    return new MillraceExtension(options, setup);
  }

  /**
   * Returns the engine of the running test.
   *
   * @throws IllegalStateException if no test runs
   */
  public TestEngine engine() {
    TestEngine running = engine;
    if (running == null) {
      throw new IllegalStateException(
          "expected a test to run; register the extension by @RegisterExtension");
    }
    return running;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    engine = TestEngine.inMemory(options, setup);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestEngine running = engine;
    engine = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestEngine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return engine();
  }
}
