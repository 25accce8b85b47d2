package io.millrace.spring.internal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.engine.Millrace;
import io.millrace.spring.MillraceCustomizer;
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
  private final ActivityBeans activities;
  private final ReadyGate gate;
  private final Duration closeGrace;
  private volatile State state = State.OPENED;

  private enum State {
    OPENED,
    RUNNING,
    CLOSED
  }

  private EngineLife(
      Millrace millrace, ActivityBeans activities, ReadyGate gate, Duration closeGrace) {
    this.millrace = millrace;
    this.activities = activities;
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
    ActivityBeans activities = new ActivityBeans(beans, gate);
    OrchestrationBeans.register(target.builder(), beans);
    activities.register(target.builder());
    customizers.forEach(each -> each.customize(target.builder()));
    try {
      return new EngineLife(
          target.builder().open(), activities, gate, target.options().closeGrace());
    } catch (BufferOpenException e) {
      throw new StartRefusedException(
          "The engine does not open: " + e.getMessage(), advice(e.reason()), e);
    } catch (IllegalArgumentException e) {
      throw new StartRefusedException(
          "Options of the engine contradict each other: " + e.getMessage(),
          "Change one of them: a millrace.* property, or what a MillraceCustomizer sets.",
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
    activities.requireAllSeen();
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
