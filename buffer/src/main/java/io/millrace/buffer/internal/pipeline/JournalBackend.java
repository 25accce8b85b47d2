package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.UnreachableDurabilityException;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.internal.stage.StageThread;
import io.millrace.buffer.metrics.MetricsSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Behind decide: the commit stage, and the life it writes for. */
final class JournalBackend implements Backend {

  private static final Logger LOG = LoggerFactory.getLogger(JournalBackend.class);

  private final JournalLife<?> life;
  private final Plumbing plumbing;
  private final Stage commit;
  private final StageThread flushThread;
  private final StageThread prepareThread;
  private boolean started;

  JournalBackend(JournalLife<?> life, Stage commit) {
    this.life = life;
    this.plumbing = life.plumbing();
    this.commit = commit;
    flushThread =
        new StageThread(
            life.flush(),
            plumbing.flushAlarm.bell(),
            plumbing.fault,
            0,
            PipelineThreads.named("millrace-flush"));
    prepareThread =
        new StageThread(
            life.prepare(),
            plumbing.prepareBell,
            plumbing.fault,
            0,
            PipelineThreads.named("millrace-prepare"));
  }

  @Override
  public Stage commit() {
    return commit;
  }

  @Override
  public void start() {
    started = true;
    prepareThread.start();
    flushThread.start();
  }

  @Override
  public void checkCommand(Durability level) {
    checkWait(level);
  }

  @Override
  public void checkWait(Durability level) {
    if (level == Durability.SYNCED && plumbing.options.syncPolicy() instanceof SyncPolicy.Never) {
      throw new UnreachableDurabilityException(
          "level=SYNCED can never be reached under syncPolicy=never; ask for APPENDED or APPLIED, or"
              + " open with another sync policy");
    }
  }

  @Override
  public boolean isOwnThread() {
    return flushThread.isCurrent() || prepareThread.isCurrent();
  }

  @Override
  public String describe() {
    return life.flush().describe();
  }

  @Override
  public void flushPolicy(FlushPolicy policy) {
    life.flush().policy(policy);
  }

  @Override
  public void show(Supplier<MetricsSnapshot> figures, Supplier<Health> health) {
    life.show(figures, health);
  }

  @Override
  public @Nullable Throwable stumble() {
    return life.flush().stumble();
  }

  @Override
  public long epoch() {
    return life.epoch();
  }

  @Override
  public boolean drain() {
    if (!started) {
      return true;
    }
    prepareThread.stop();
    letStoreCatchUp();
    life.flush().abandon();
    flushThread.stop();
    long nanos = plumbing.options.closeTimeout().toNanos();
    boolean ended = flushThread.join(nanos);
    ended = prepareThread.join(nanos) && ended;
    if (!ended) {
      LOG.error(
          "the flusher did not end, so store and directory stay open, closeTimeout={} {}",
          plumbing.options.closeTimeout(),
          life.flush().describe());
    }
    return ended;
  }

  private void letStoreCatchUp() {
    long nanos = plumbing.options.closeFlushTimeout().toNanos();
    if (nanos == 0 || plumbing.fault.isPoisoned()) {
      return;
    }
    long end = plumbing.positions.synced();
    Barrier caughtUp = new Barrier();
    plumbing.waiters.of(Durability.APPLIED).add(end, caughtUp, null);
    if (!caughtUp.awaitQuietly(nanos)) {
      LOG.info(
          "closed before the store caught up, which the next opening makes up for; {}",
          life.flush().describe());
    }
  }

  @Override
  public void release() {
    life.release();
  }
}
