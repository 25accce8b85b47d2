package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies rows and events with every payload in them changed. */
public final class PayloadChanges {

  private final UnaryOperator<Payload> change;

  /** Makes one that does this to every payload. */
  public PayloadChanges(UnaryOperator<Payload> change) {
    this.change = change;
  }

  /** Returns an instance's row. */
  public InstanceRow instance(InstanceRow row) {
    return new InstanceRow(
        row.number(),
        row.id(),
        row.orchestration(),
        row.version(),
        row.status(),
        row.execution(),
        row.turns(),
        row.events(),
        row.createdAtMillis(),
        row.updatedAtMillis(),
        row.finishedAtMillis(),
        row.parent(),
        row.parentExecution(),
        row.parentAction(),
        row.root(),
        row.turnCrashes(),
        payload(row.output()),
        failure(row.failure()));
  }

  /** Returns a turn's row, under the number of another instance. */
  public HistoryRow turn(HistoryRow row, long instance) {
    List<HistoryEvent> events = new ArrayList<>(row.events().size());
    row.events().forEach(event -> events.add(event(event)));
    return new HistoryRow(
        instance, row.execution(), row.turn(), row.firstEvent(), row.atMillis(), events);
  }

  /** Returns an earlier execution's row, under the number of another instance. */
  public ExecutionRow execution(ExecutionRow row, long instance) {
    return new ExecutionRow(
        instance,
        row.execution(),
        row.version(),
        row.end(),
        row.startedAtMillis(),
        row.endedAtMillis(),
        row.turns(),
        row.events(),
        failure(row.failure()));
  }

  /** Returns what an instance's code said, under the number of another instance. */
  public AttributesRow attributes(AttributesRow row, long instance) {
    return new AttributesRow(
        instance, row.customStatusVersion(), payload(row.customStatus()), values(row.keyValues()));
  }

  private @Nullable Payload payload(@Nullable Payload payload) {
    return payload == null ? null : change.apply(payload);
  }

  private @Nullable Failure failure(@Nullable Failure failure) {
    return failure == null ? null : changed(failure);
  }

  private Failure changed(Failure failure) {
    if (failure instanceof Failure.ApplicationFailure application) {
      return new Failure.ApplicationFailure(
          application.type(),
          application.message(),
          application.stackTrace(),
          payload(application.details()));
    } else if (failure instanceof Failure.ChildFailed child) {
      return new Failure.ChildFailed(child.childId(), child.message(), changed(child.cause()));
    }
    return failure;
  }

  private HistoryEvent event(HistoryEvent event) {
    if (event instanceof HistoryEvent.Message message) {
      return message(message);
    } else if (event instanceof HistoryEvent.ActivityScheduled call) {
      return new HistoryEvent.ActivityScheduled(
          call.activity(), call.tag(), change.apply(call.input()), call.policy());
    } else if (event instanceof HistoryEvent.ChildScheduled child) {
      return new HistoryEvent.ChildScheduled(
          child.orchestration(),
          child.version(),
          child.childId(),
          change.apply(child.input()),
          child.detached());
    } else if (event instanceof HistoryEvent.CustomStatusSet status) {
      return new HistoryEvent.CustomStatusSet(change.apply(status.status()));
    } else if (event instanceof HistoryEvent.KeyValueSet set) {
      return new HistoryEvent.KeyValueSet(set.key(), payload(set.value()));
    } else if (event instanceof HistoryEvent.ExecutionContinued next) {
      return new HistoryEvent.ExecutionContinued(change.apply(next.input()), next.version());
    }
    return event;
  }

  private HistoryEvent.Message message(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.Started started) {
      List<HistoryEvent.EventRaised> carried = new ArrayList<>(started.carried().size());
      started.carried().forEach(event -> carried.add(raised(event)));
      return new HistoryEvent.Started(
          change.apply(started.input()), carried, values(started.keyValues()));
    } else if (message instanceof HistoryEvent.ActivityCompleted done) {
      return new HistoryEvent.ActivityCompleted(done.action(), change.apply(done.result()));
    } else if (message instanceof HistoryEvent.ActivityFailed failed) {
      return new HistoryEvent.ActivityFailed(failed.action(), changed(failed.failure()));
    } else if (message instanceof HistoryEvent.EventRaised raised) {
      return raised(raised);
    } else if (message instanceof HistoryEvent.ChildCompleted done) {
      return new HistoryEvent.ChildCompleted(done.action(), change.apply(done.result()));
    } else if (message instanceof HistoryEvent.ChildFailed failed) {
      return new HistoryEvent.ChildFailed(failed.action(), changed(failed.failure()));
    }
    return message;
  }

  private HistoryEvent.EventRaised raised(HistoryEvent.EventRaised event) {
    return new HistoryEvent.EventRaised(event.name(), change.apply(event.data()));
  }

  private Map<String, Payload> values(Map<String, Payload> values) {
    Map<String, Payload> changed = new LinkedHashMap<>();
    values.forEach((key, value) -> changed.put(key, change.apply(value)));
    return changed;
  }
}
