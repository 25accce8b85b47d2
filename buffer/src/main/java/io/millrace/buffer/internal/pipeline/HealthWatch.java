package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Health;
import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together how a pipeline fares from what its stages show, and tells those who listen when it
 * changes. {@link #look} is called by the decide thread between batches and every 100 ms at the
 * latest, and by the thread that meets a fault; a listener runs on its own executor, one call at a
 * time, and hears the newest state: one that passed meanwhile may be left out, the last never is.
 */
final class HealthWatch {

  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

  private final Admission admission;
  private final Fault fault;
  private final Supplier<@Nullable Throwable> stumble;
  private final DiskWait diskWait;
  private final Clock clock;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  // written by: decide, and the thread that meets a fault; the latter writes FAULT, which stays
  private volatile Concern told = Concern.NONE;

  /**
   * Makes one.
   *
   * @param stumble returns why the store is being tried again, or null
   */
  HealthWatch(
      Admission admission,
      Fault fault,
      Supplier<@Nullable Throwable> stumble,
      DiskWait diskWait,
      Clock clock) {
    this.admission = admission;
    this.fault = fault;
    this.stumble = stumble;
    this.diskWait = diskWait;
    this.clock = clock;
  }

  /** Returns how it is now. Any thread. */
  Health now() {
    Concern concern = concern();
    Throwable stumbles = stumble.get();
    return switch (concern) {
      case NONE -> Health.HEALTHY;
      case STORE_STUMBLES ->
          new Health(
              State.DEGRADED, concern, "the store is tried again: " + of(stumbles), stumbles);
      case DISK_STALLS ->
          new Health(
              State.DEGRADED,
              concern,
              "the journal's disk has not answered for "
                  + TimeUnit.NANOSECONDS.toMillis(diskWait.nanos(clock.nanos()))
                  + " ms",
              null);
      case STORE_LAGS ->
          new Health(
              State.READ_ONLY,
              concern,
              admission.lag() + (stumbles == null ? "" : "; it is tried again: " + of(stumbles)),
              stumbles);
      case DISK_SHORT -> new Health(State.READ_ONLY, concern, admission.spaceReason(), null);
      case FAULT -> new Health(State.FAILED, concern, of(fault.cause()), fault.cause());
    };
  }

  private static String of(@Nullable Throwable cause) {
    return String.valueOf(cause == null ? null : cause.getMessage());
  }

  private Concern concern() {
    if (fault.isPoisoned()) {
      return Concern.FAULT;
    }
    if (admission.spaceIsShort()) {
      return Concern.DISK_SHORT;
    }
    // Once it lags, a little less lag is no news: it would come and go with every batch.
    if (admission.lags(told == Concern.STORE_LAGS)) {
      return Concern.STORE_LAGS;
    }
    if (diskWait.nanos(clock.nanos()) >= DiskWait.STALL_NANOS) {
      return Concern.DISK_STALLS;
    }
    return stumble.get() == null ? Concern.NONE : Concern.STORE_STUMBLES;
  }

  /** Tells listeners if something has changed. Cheap if not. */
  void look() {
    if (concern() != told) {
      tell();
    }
  }

  private synchronized void tell() {
    Concern concern = concern();
    if (concern != told) {
      told = concern;
      Health health = now();
      LOG.info("health changes, state={} concern={} {}", health.state(), concern, health.reason());
      subscriptions.forEach(subscription -> subscription.offer(health));
    }
  }

  /** Tells someone how it is now, and from now on. Any thread. */
  synchronized HealthSubscription listen(Executor executor, Consumer<? super Health> listener) {
    Subscription subscription = new Subscription(executor, listener);
    subscriptions.add(subscription);
    subscription.offer(now());
    return subscription;
  }

  /** One who listens. */
  private final class Subscription implements HealthSubscription {
    private final Executor executor;
    private final Consumer<? super Health> listener;
    private final AtomicReference<@Nullable Health> next = new AtomicReference<>();
    // written by: whoever closes
    private volatile boolean closed;

    Subscription(Executor executor, Consumer<? super Health> listener) {
      this.executor = executor;
      this.listener = listener;
    }

    void offer(Health health) {
      // What is there already has been handed to the executor, and takes the newer one along.
      if (next.getAndSet(health) == null) {
        try {
          executor.execute(this::run);
        } catch (RejectedExecutionException e) {
          LOG.warn("a listener to health could not be told: {}", e.getMessage());
        }
      }
    }

    private synchronized void run() {
      Health health = next.getAndSet(null);
      if (health == null || closed) {
        return;
      }
      try {
        listener.accept(health);
      } catch (RuntimeException e) {
        LOG.warn("a listener to health failed", e);
      }
    }

    @Override
    public void close() {
      closed = true;
      subscriptions.remove(this);
    }
  }
}
