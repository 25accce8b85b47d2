package io.millrace.opentelemetry;

import io.millrace.engine.ActivityContext;
import io.millrace.engine.ActivityContextFunction;
import io.millrace.engine.ActivityFunction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each attempt of an activity, current while its code runs, so that what the code
 * calls lies below it.
 *
 * <p>Each attempt is the root of a trace of its own: an orchestration lives for weeks, over
 * restarts, and the journal carries no trace context. What belongs together bears the same {@code
 * millrace.instance.id}. Turns have no span: they are replayed.
 *
 * <pre>{@code
 * ActivitySpans spans = new ActivitySpans(openTelemetry.getTracer("io.millrace"));
 * builder.activityWithContext(CHARGE, spans.around(payments::charge));
 * }</pre>
 */
public final class ActivitySpans {

  /** The caller's id of the instance. */
  public static final AttributeKey<String> INSTANCE =
      AttributeKey.stringKey("millrace.instance.id");

  /** Which execution of it. */
  public static final AttributeKey<Long> EXECUTION = AttributeKey.longKey("millrace.execution");

  /** The activity's name. */
  public static final AttributeKey<String> ACTIVITY = AttributeKey.stringKey("millrace.activity");

  /** Which attempt, from 1. */
  public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("millrace.attempt");

  private final Tracer tracer;

  /** Makes one over a tracer. */
  public ActivitySpans(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Returns the same code in a span. */
  public <I extends @Nullable Object, O extends @Nullable Object>
      ActivityContextFunction<I, O> around(ActivityFunction<I, O> code) {
    return aroundWithContext((activity, input) -> code.run(input));
  }

  /** Returns the same code in a span. */
  public <I extends @Nullable Object, O extends @Nullable Object>
      ActivityContextFunction<I, O> aroundWithContext(ActivityContextFunction<I, O> code) {
    return (activity, input) -> {
      Span span = begun(activity);
      try (Scope scope = span.makeCurrent()) {
        return code.run(activity, input);
      } catch (Throwable e) {
        span.recordException(e);
        span.setStatus(StatusCode.ERROR);
        throw e;
      } finally {
        span.end();
      }
    };
  }

  private Span begun(ActivityContext activity) {
    return tracer
        .spanBuilder("activity " + activity.activityName())
        .setNoParent()
        .setAttribute(INSTANCE, activity.instanceId())
        .setAttribute(EXECUTION, activity.execution())
        .setAttribute(ACTIVITY, activity.activityName())
        .setAttribute(ATTEMPT, activity.attempt())
        .startSpan();
  }
}
