package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance was read, or not (rule R19). What was written to it meanwhile is laid over what was
 * read; then those who waited for it are handed in again. A message that nobody can take any more
 * goes with the same record (rule R20).
 */
public final class LoadEnded extends Command {

  private final LoadRequest request;
  private final StoredInstances.@Nullable Loaded found;
  private final @Nullable InstanceRow ended;
  private final @Nullable RuntimeException failure;

  private LoadEnded(
      long atMillis,
      LoadRequest request,
      StoredInstances.@Nullable Loaded found,
      @Nullable InstanceRow ended,
      @Nullable RuntimeException failure) {
    super(atMillis);
    this.request = request;
    this.found = found;
    this.ended = ended;
    this.failure = failure;
  }

  static LoadEnded found(long atMillis, LoadRequest request, StoredInstances.Loaded found) {
    return new LoadEnded(atMillis, request, found, null, null);
  }

  /** There is no such instance, or it has ended. */
  static LoadEnded absent(long atMillis, LoadRequest request, @Nullable InstanceRow ended) {
    return new LoadEnded(atMillis, request, null, ended, null);
  }

  static LoadEnded failed(long atMillis, LoadRequest request, RuntimeException why) {
    return new LoadEnded(atMillis, request, null, null, why);
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    if (failure != null) {
      return;
    }
    InstanceState comes = comes(state);
    if (comes != null) {
      setAside(comes, decision);
      dropForeign(state, comes, decision);
    } else if (request.id() == null && state.instance(request.number()) == null) {
      kept(state, request.number()).forEach(kept -> delete(kept.message(), decision));
    }
  }

  /** Returns the instance that comes into memory; null if it is there, has ended or is gone. */
  private @Nullable InstanceState comes(EngineState state) {
    return found != null
            && state.instance(found.instance().number()) == null
            && !state.isDeleted(found.instance().row())
        ? found.instance()
        : null;
  }

  private static List<Arrival.Kept> kept(EngineState state, long number) {
    Arrival arrival = state.arrivals().of(number);
    return arrival == null ? List.of() : arrival.kept();
  }

  /** In memory it is set aside already; this is for the store (C21). */
  private void setAside(InstanceState instance, Decision<RowMutation> decision) {
    Failure why = found == null ? null : found.why();
    if (why != null) {
      decision.mutate(Rows.quarantine(instance, atMillis(), why));
    }
  }

  /** A message for an execution that is over is for nobody. */
  private static void dropForeign(
      EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    for (int i = 0; i < instance.inbox().size(); i++) {
      MessageRow message = instance.inbox().get(i);
      if (!instance.takes(message)) {
        delete(message, decision);
      }
    }
    for (Arrival.Kept kept : kept(state, instance.number())) {
      if (kept.position() > instance.position() && !instance.takes(kept.message())) {
        delete(kept.message(), decision);
      }
    }
  }

  private static void delete(MessageRow message, Decision<RowMutation> decision) {
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.INBOX, message.number())));
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    Arrival arrival = state.arrivals().of(request);
    if (arrival == null) {
      throw new IllegalStateException("expected to be asked for what was read, " + request);
    }
    state.counters().loads++;
    if (failure != null) {
      state.arrivals().failed(arrival, failure, atMillis());
      return;
    }
    InstanceState comes = comes(state);
    if (comes != null) {
      admit(state, comes, decision);
    } else if (request.id() == null) {
      arrival.keptIsLaid();
    }
    InstanceRow row = ended != null && !state.isDeleted(ended) ? ended : null;
    state.arrivals().here(arrival, row);
  }

  private void admit(EngineState state, InstanceState comes, Decision<RowMutation> decision) {
    Arrival byNumber = state.arrivals().of(comes.number());
    if (byNumber != null) {
      long seen = comes.position();
      for (Arrival.Kept kept : byNumber.kept()) {
        if (kept.position() > seen) {
          comes.fold(new RowMutation.Insert(kept.message()));
          comes.position(Math.max(comes.position(), kept.position()));
        }
      }
      byNumber.keptIsLaid();
    }
    state.arrives(comes);
    state.lay(comes, decision);
    if (found != null && found.why() != null) {
      state.setAside(comes);
    }
    state.resume(comes, atMillis());
  }

  /** What nobody takes stays where it is: it is found again at the next open. */
  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    InstanceState comes = comes(state);
    if (comes != null) {
      setAside(comes, decision);
    }
  }
}
