package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.HealthSubscription;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.runtime.Conductor.Work;
import io.millrace.storage.orchestration.RowMutation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A pipeline whose commands a {@link Conductor} hears of: from before they are handed in until
 * their effects are out and they are answered.
 */
final class ConductedPipeline implements CommandPipeline<Command> {

  private final CommandPipeline<Command> pipeline;
  private final Conductor conductor;

  private ConductedPipeline(CommandPipeline<Command> pipeline, Conductor conductor) {
    this.pipeline = pipeline;
    this.conductor = conductor;
  }

  /** Starts a pipeline over a decider, heard by the conductor if there is one. */
  static CommandPipeline<Command> start(
      Decider<Command, RowMutation> decider,
      Function<Decider<Command, RowMutation>, CommandPipeline<Command>> starter,
      Conductor conductor) {
    return conductor == Conductor.NONE
        ? starter.apply(decider)
        : new ConductedPipeline(starter.apply(new ConductedDecider(decider, conductor)), conductor);
  }

  @Override
  public void submit(
      Command command, int bytes, Durability level, Acknowledgement acknowledgement) {
    Answer answer = new Answer(acknowledgement, conductor);
    conductor.arrived(Work.COMMAND, answer);
    conductor.arrived(Work.COMMAND, command);
    boolean in = false;
    try {
      pipeline.submit(command, bytes, level, answer);
      in = true;
    } finally {
      if (!in) {
        conductor.ended(Work.COMMAND, command);
        conductor.ended(Work.COMMAND, answer);
      }
    }
  }

  @Override
  public void publish(Command command) {
    conductor.arrived(Work.COMMAND, command);
    boolean in = false;
    try {
      pipeline.publish(command);
      in = true;
    } finally {
      if (!in) {
        conductor.ended(Work.COMMAND, command);
      }
    }
  }

  @Override
  public void resume(Command command) {
    pipeline.resume(command);
  }

  @Override
  public void whenDurable(long position, Durability level, Acknowledgement acknowledgement) {
    pipeline.whenDurable(position, level, acknowledgement);
  }

  @Override
  public void awaitDurable(long position, Durability level, Duration timeout)
      throws InterruptedException {
    pipeline.awaitDurable(position, level, timeout);
  }

  @Override
  public void flushPolicy(FlushPolicy policy) {
    pipeline.flushPolicy(policy);
  }

  @Override
  public Progress progress() {
    return pipeline.progress();
  }

  @Override
  public Durability level() {
    return pipeline.level();
  }

  @Override
  public long epoch() {
    return pipeline.epoch();
  }

  @Override
  public Optional<Throwable> failure() {
    return pipeline.failure();
  }

  @Override
  public Health health() {
    return pipeline.health();
  }

  @Override
  public HealthSubscription onHealthChange(Executor executor, Consumer<? super Health> listener) {
    return pipeline.onHealthChange(executor, listener);
  }

  @Override
  public MetricsSnapshot metrics() {
    return pipeline.metrics();
  }

  @Override
  public void show(Supplier<MetricsSnapshot> source) {
    pipeline.show(source);
  }

  @Override
  public PipelineStatistics statistics() {
    return pipeline.statistics();
  }

  @Override
  public void refuseClients() {
    pipeline.refuseClients();
  }

  @Override
  public void close() {
    pipeline.close();
  }

  /** The answer to a client's command; it has ended once it was passed on. */
  private static final class Answer implements Acknowledgement {
    private final Acknowledgement to;
    private final Conductor conductor;

    Answer(Acknowledgement to, Conductor conductor) {
      this.to = to;
      this.conductor = conductor;
    }

    @Override
    public void acknowledged(long position) {
      to.acknowledged(position);
      conductor.ended(Work.COMMAND, this);
    }

    @Override
    public void failed(RuntimeException cause) {
      to.failed(cause);
      conductor.ended(Work.COMMAND, this);
    }
  }

  /** Ends each command by an effect behind all others of its decision. */
  private record ConductedDecider(Decider<Command, RowMutation> decider, Conductor conductor)
      implements Decider<Command, RowMutation> {
    @Override
    public void decide(Command command, Decision<RowMutation> decision) {
      decider.decide(command, decision);
      if (!decision.isDeferred()) {
        decision.whenDurable(() -> conductor.ended(Work.COMMAND, command));
      }
    }

    @Override
    public void decided(Command command, Decision<RowMutation> decision) {
      decider.decided(command, decision);
    }

    @Override
    public void decideTooLarge(
        Command command, long bytes, long limit, Decision<RowMutation> decision) {
      decider.decideTooLarge(command, bytes, limit, decision);
      decision.whenDurable(() -> conductor.ended(Work.COMMAND, command));
    }

    @Override
    public void endOfBatch(Progress progress, Pressure pressure) {
      decider.endOfBatch(progress, pressure);
    }
  }
}
