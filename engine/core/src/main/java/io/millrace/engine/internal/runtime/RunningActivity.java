package io.millrace.engine.internal.runtime;

import io.millrace.engine.ActivityContext;
import io.millrace.engine.internal.decide.ActivityWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of an activity, as its code sees it. Running it as a task tells the code to stop. */
final class RunningActivity implements ActivityContext, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningActivity.class);

  private final ActivityWork work;
  private final BooleanSupplier closing;
  // guarded by this
  private final List<Runnable> listeners = new ArrayList<>(0);
  private boolean told;

  RunningActivity(ActivityWork work, BooleanSupplier closing) {
    this.work = work;
    this.closing = closing;
  }

  @Override
  public String instanceId() {
    return work.instanceId();
  }

  @Override
  public int execution() {
    return work.row().execution();
  }

  @Override
  public String activityName() {
    return work.row().activity();
  }

  @Override
  public int attempt() {
    return work.row().attempt();
  }

  @Override
  public String idempotencyKey() {
    return work.instanceId() + ':' + Long.toString(work.row().number(), Character.MAX_RADIX);
  }

  @Override
  public boolean isCancelled() {
    return work.cancelReason() != null || work.isDropped() || closing.getAsBoolean();
  }

  @Override
  public void onCancel(Runnable action) {
    Objects.requireNonNull(action, "action");
    synchronized (this) {
      if (!told) {
        listeners.add(action);
        return;
      }
    }
    tell(action);
  }

  /** Tells the code to stop, once. */
  @Override
  public void run() {
    List<Runnable> actions;
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
      actions = List.copyOf(listeners);
    }
    actions.forEach(this::tell);
  }

  private void tell(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      LOG.warn(
          "an onCancel action threw, activity={} instance={}", activityName(), instanceId(), e);
    }
  }
}
