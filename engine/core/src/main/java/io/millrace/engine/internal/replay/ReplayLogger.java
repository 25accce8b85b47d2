package io.millrace.engine.internal.replay;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/** A logger that is silent while the code replays, and after its turn has ended. */
final class ReplayLogger extends AbstractLogger {

  private static final long serialVersionUID = 1L;

  private final transient TurnRun run;
  private final transient Logger target;

  ReplayLogger(TurnRun run, String orchestration) {
    this.run = run;
    this.target = LoggerFactory.getLogger("io.millrace.orchestration." + orchestration);
    this.name = target.getName();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    LoggingEventBuilder event = target.atLevel(level).setMessage(message);
    if (marker != null) {
      event = event.addMarker(marker);
    }
    if (arguments != null) {
      for (Object argument : arguments) {
        event = event.addArgument(argument);
      }
    }
    if (thrown != null) {
      event = event.setCause(thrown);
    }
    event.addKeyValue("instance", run.instanceId()).log();
  }

  private boolean audible() {
    return run.isAudible();
  }

  @Override
  public boolean isTraceEnabled() {
    return audible() && target.isTraceEnabled();
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return audible() && target.isTraceEnabled(marker);
  }

  @Override
  public boolean isDebugEnabled() {
    return audible() && target.isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return audible() && target.isDebugEnabled(marker);
  }

  @Override
  public boolean isInfoEnabled() {
    return audible() && target.isInfoEnabled();
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return audible() && target.isInfoEnabled(marker);
  }

  @Override
  public boolean isWarnEnabled() {
    return audible() && target.isWarnEnabled();
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return audible() && target.isWarnEnabled(marker);
  }

  @Override
  public boolean isErrorEnabled() {
    return audible() && target.isErrorEnabled();
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return audible() && target.isErrorEnabled(marker);
  }
}
