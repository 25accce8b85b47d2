package io.millrace.buffer.internal.pipeline;

import com.lmax.disruptor.EventPoller;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.ring.Permits;
import io.millrace.buffer.internal.ring.Slot;
import io.millrace.buffer.internal.stage.Counters;
import io.millrace.buffer.internal.stage.Doorbell;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The first stage: asks the decider, encodes what came of it, checks the size, and only then lets
 * the decider change its state (rule R15). The permit of a client's command is returned here,
 * unless the decider defers the command.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public final class DecideStage<C, M extends Mutation> implements Stage {

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Once nothing has moved for this many idle calls, the rest are further apart. */
  private static final int LIVELY_CALLS = 50;

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Commit may begin once this many are decided, though more wait. */
  private static final int BATCH_MAX = 64;

  private final CommandRing<C, M> ring;
  private final Decider<C, M> decider;
  private final RecordEncoder<M> encoder;
  private final Positions positions;
  private final Permits permits;
  private final DeferredCommands<C> deferred;
  private final Waiters accepted;
  private final Supplier<Pressure> pressure;
  private final Doorbell commitBell;
  private final Fault fault;
  private final Counters counters;
  private final EventPoller.Handler<Slot<C, M>> handler = this::take;

  private final List<Slot<C, M>> answered = new ArrayList<>(BATCH_MAX);
  private long last;
  private int taken;
  private long lastMoved;
  private int idleCalls;
  private int clients;
  private long clientBytes;

  /** Makes one that numbers its first record after {@code positions.decided()}. */
  public DecideStage(
      CommandRing<C, M> ring,
      Decider<C, M> decider,
      RecordEncoder<M> encoder,
      Positions positions,
      Permits permits,
      DeferredCommands<C> deferred,
      Waiters accepted,
      Supplier<Pressure> pressure,
      Doorbell commitBell,
      Fault fault,
      Counters counters) {
    this.ring = ring;
    this.decider = decider;
    this.encoder = encoder;
    this.positions = positions;
    this.permits = permits;
    this.deferred = deferred;
    this.accepted = accepted;
    this.pressure = pressure;
    this.commitBell = commitBell;
    this.fault = fault;
    this.counters = counters;
    last = positions.decided();
  }

  @Override
  public boolean step() {
    boolean any;
    try {
      any = ring.pollDecide(handler);
    } catch (Exception e) {
      throw new IllegalStateException("the handler never throws", e);
    }
    if (any) {
      commitBell.ring();
    }
    return any;
  }

  @Override
  public boolean ready() {
    return ring.hasUndecided();
  }

  @Override
  public long idle() {
    housekeep();
    long moved = positions.applied() + positions.synced();
    if (moved != lastMoved) {
      lastMoved = moved;
      idleCalls = 0;
    }
    idleCalls++;
    return idleCalls <= LIVELY_CALLS ? IDLE_NANOS : QUIET_NANOS;
  }

  @Override
  public void finish() {}

  private boolean take(Slot<C, M> slot, long sequence, boolean endOfPoll) {
    taken++;
    if (!fault.isPoisoned()) {
      try {
        decide(slot);
      } catch (Throwable e) {
        fault.poison(e);
      }
    }
    if (slot.isClient()) {
      clients++;
      clientBytes += slot.permitBytes();
    }
    boolean end = endOfPoll || taken >= BATCH_MAX;
    if (end) {
      endBatch();
    }
    return !end;
  }

  private void decide(Slot<C, M> slot) {
    C command = slot.command();
    Decision<M> decision = new Decision<>();
    slot.decision(decision);
    decider.decide(command, decision);
    if (decision.isDeferred()) {
      defer(slot);
      return;
    }
    long bytes = encoder.encode(decision, slot.body());
    if (bytes > encoder.bytesMax()) {
      decision.clear();
      decider.decideTooLarge(command, bytes, encoder.bytesMax(), decision);
      bytes = encoder.encode(decision, slot.body());
      if (bytes > encoder.bytesMax()) {
        throw new IllegalStateException(
            "expected a smaller decision the second time, recordBytes="
                + bytes
                + " recordBytesMax="
                + encoder.bytesMax()
                + " command="
                + command.getClass().getName());
      }
    }
    if (!decision.mutations().isEmpty()) {
      if (decision.refusal() != null) {
        throw new IllegalStateException(
            "expected a refusal to change nothing, mutations="
                + decision.mutations().size()
                + " command="
                + command.getClass().getName(),
            decision.refusal());
      }
      last++;
    }
    decision.place(last);
    decider.decided(command, decision);
    slot.markDecided();
    if (slot.level() == Durability.ACCEPTED) {
      answered.add(slot);
    }
  }

  /** The command leaves the ring; its slot passes on empty. */
  private void defer(Slot<C, M> slot) {
    Decision<M> decision = slot.decision();
    if (!decision.mutations().isEmpty()
        || !decision.effects().isEmpty()
        || decision.refusal() != null) {
      throw new IllegalStateException(
          "expected a deferral to decide nothing, command=" + slot.command().getClass().getName());
    }
    decision.place(last);
    slot.body().clear();
    // Before the decider hears: from then on it may be handed in again.
    deferred.put(slot);
    decider.decided(slot.command(), decision);
    slot.markDecided();
  }

  private void endBatch() {
    if (!fault.isPoisoned()) {
      positions.decided(last);
      for (Slot<C, M> slot : answered) {
        Waiters.tell(
            slot.takeAcknowledgement(), slot.decision().position(), slot.decision().refusal());
      }
      accepted.complete();
    }
    answered.clear();
    if (clients > 0) {
      permits.release(clients, clientBytes);
    }
    counters.commands(taken);
    idleCalls = 0;
    taken = 0;
    clients = 0;
    clientBytes = 0;
    housekeep();
  }

  private void housekeep() {
    if (fault.isPoisoned()) {
      return;
    }
    try {
      decider.endOfBatch(positions, pressure.get());
    } catch (Throwable e) {
      fault.poison(e);
    }
  }
}
