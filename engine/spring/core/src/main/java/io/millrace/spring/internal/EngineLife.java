package io.millrace.spring.internal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.Millrace;
import io.millrace.engine.OrchestrationContext;
import io.millrace.spring.MillraceActivity;
import io.millrace.spring.MillraceCustomizer;
import io.millrace.spring.MillraceOrchestration;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The life of an application's engine. It opens when its bean is made, so that whoever is given a
 * {@link Millrace} is given an open one; lets activities run once all beans are there; and closes
 * before any bean is destroyed, so that activities that still run have what they use.
 */
public final class EngineLife implements SmartLifecycle, DisposableBean {

  /** Below web servers and listeners, which start after the engine and stop before it. */
  static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

  private final Millrace millrace;
  private final BeanMethods methods;
  private final ReadyGate gate;
  private final Duration closeGrace;
  private volatile State state = State.OPENED;

  private enum State {
    OPENED,
    RUNNING,
    CLOSED
  }

  private EngineLife(Millrace millrace, BeanMethods methods, ReadyGate gate, Duration closeGrace) {
    this.millrace = millrace;
    this.methods = methods;
    this.gate = gate;
    this.closeGrace = closeGrace;
  }

  /**
   * Opens the engine that an application asks for.
   *
   * @throws RuntimeException if it asks for what cannot be; Boot prints what, and what to do
   */
  public static EngineLife open(
      ConfigurableListableBeanFactory beans,
      ConfigurableEnvironment environment,
      List<MillraceCustomizer> customizers) {
    StarterOptions.Target target = StarterOptions.read(GivenProperties.of(environment));
    ReadyGate gate = new ReadyGate();
    BeanMethods methods = new BeanMethods(beans);
    try {
      OrchestrationBeans.register(target.builder(), methods);
      new ActivityBeans(beans, gate).register(target.builder(), methods);
      customizers.forEach(each -> each.customize(target.builder()));
      return new EngineLife(target.builder().open(), methods, gate, target.options().closeGrace());
    } catch (BufferOpenException e) {
      throw new StartRefusedException(
          "The engine does not open: " + e.getMessage(), advice(e.reason()), e);
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException(
          "The engine refuses what it is given: " + e.getMessage(),
          "Change it where it stands: in a millrace.* property, in an annotation, or in a"
              + " MillraceCustomizer.",
          e);
    }
  }

  private static String advice(BufferOpenException.Reason reason) {
    return switch (reason) {
      case LOCKED ->
          "Give each application, and each context in it, a millrace.directory of its own, or share"
              + " the one Millrace bean.";
      case MISSING_JVM_FLAGS ->
          "Start a jar that has the flags in its manifest by java -jar, give them to java, or set"
              + " millrace.journal-kind=files.";
      case CORRUPT, MISMATCHED_PAIR ->
          "Look with ./millrace verify; docs/repair.md says what is left.";
      default -> "Correct what is said above, or choose another millrace.directory.";
    };
  }

  /** Returns the engine. */
  public Millrace millrace() {
    return millrace;
  }

  @Override
  public void start() {
    if (state == State.CLOSED) {
      throw new IllegalStateException(
          "an engine that was closed does not open again; start the application anew");
    }
    methods.requireAllSeen(MillraceActivity.class, ActivityContext.class);
    methods.requireAllSeen(MillraceOrchestration.class, OrchestrationContext.class);
    state = State.RUNNING;
    gate.open();
  }

  @Override
  public void stop() {
    close(closeGrace);
  }

  /** Closes it if the application did not come so far that it would have been stopped. */
  @Override
  public void destroy() {
    close(state == State.RUNNING ? closeGrace : Duration.ZERO);
  }

  private void close(Duration grace) {
    state = State.CLOSED;
    millrace.close(grace);
  }

  @Override
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /**
   * Says no: Spring 7 stops a context that a test run keeps for later, and starts it again, unless
   * told so. No {@code Override}, for Spring 6 does not ask.
   */
  public boolean isPauseable() {
    return false;
  }
}
