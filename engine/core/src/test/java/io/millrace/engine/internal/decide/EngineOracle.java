package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What clients and the outside world of a simulated engine know, and what must be so after a crash
 * because of it.
 */
final class EngineOracle {

  private final Map<String, Long> kept = new HashMap<>();
  private final Map<String, Acknowledged> fresh = new HashMap<>();
  private final Map<String, InstanceRow> ends = new HashMap<>();
  private final Map<String, InstanceRow> freshEnds = new HashMap<>();
  private final List<ActivityWork> freshRuns = new ArrayList<>();
  private final List<ActivityWork> keptRuns = new ArrayList<>();
  private final Set<String> deletions = new HashSet<>();
  private final Map<Long, Durability> freshDeleted = new HashMap<>();
  private final Set<Long> keptDeleted = new HashSet<>();
  private final Map<ClientCommand.Reply, Durability> asked = new HashMap<>();
  int runs;
  long shed;
  int finished;

  private record Acknowledged(long number, Durability level) {}

  ClientCommand.Reply startOf(String id, Durability level) {
    ClientCommand.Reply reply =
        new ClientCommand.Reply() {
          @Override
          public void done(ClientCommand command) {
            acknowledged(id, level, command);
          }

          @Override
          public void failed(ClientCommand command, RuntimeException cause) {
            refused(cause);
          }
        };
    asked.put(reply, level);
    return reply;
  }

  private void acknowledged(String id, Durability level, ClientCommand command) {
    InstanceView view = command.view();
    InstanceRow stored = command.stored();
    long number =
        view != null ? view.snapshot().row().number() : Objects.requireNonNull(stored).number();
    Acknowledged before = fresh.get(id);
    if (before != null && !deletions.contains(id)) {
      assertThat(number).as("one id, one instance, id=%s", id).isEqualTo(before.number());
    }
    if (before == null || level.implies(before.level())) {
      fresh.put(id, new Acknowledged(number, level));
    }
  }

  ClientCommand.Reply deletionOf(String id, Durability level) {
    deletions.add(id);
    return new ClientCommand.Reply() {
      @Override
      public void done(ClientCommand command) {
        freshDeleted.put(((DeleteTree) command).deleted(), level);
      }

      @Override
      public void failed(ClientCommand command, RuntimeException cause) {
        refused(cause);
      }
    };
  }

  ClientCommand.Reply other() {
    return new ClientCommand.Reply() {
      @Override
      public void done(ClientCommand command) {}

      @Override
      public void failed(ClientCommand command, RuntimeException cause) {
        refused(cause);
      }
    };
  }

  private static void refused(RuntimeException cause) {
    assertThat(cause)
        .isInstanceOfAny(CommandRefusedException.class, StoreUnreadableException.class);
  }

  Durability levelOf(ClientCommand command, Durability standard) {
    return asked.getOrDefault(command.reply(), standard);
  }

  /** The end of an instance was let out. */
  void heard(InstanceRow end) {
    freshEnds.put(end.id(), end);
  }

  /** An activity was let out, and ran. */
  void ran(ActivityWork work) {
    runs++;
    freshRuns.add(work);
  }

  /**
   * The process is gone.
   *
   * @param survived what survived it
   * @param level the level at which effects were let out
   */
  void crashed(Durability survived, Durability level) {
    fresh.forEach(
        (id, acknowledged) -> {
          if (acknowledged.level().implies(survived)) {
            kept.put(id, acknowledged.number());
          }
        });
    if (level.implies(survived)) {
      ends.putAll(freshEnds);
      keptRuns.addAll(freshRuns);
    }
    freshDeleted.forEach(
        (number, asked) -> {
          if (asked.implies(survived)) {
            keptDeleted.add(number);
          }
        });
    freshDeleted.clear();
    fresh.clear();
    freshEnds.clear();
    freshRuns.clear();
    asked.clear();
  }

  void checkOpen(OrchestrationStore store) throws StoreException {
    try (OrchestrationReader reader = store.read()) {
      for (long number : keptDeleted) {
        assertThat(reader.instance(number)).as("deleted (C41)").isNull();
      }
      kept.keySet().removeAll(deletions);
      ends.keySet().removeIf(id -> deletions.contains(top(id)));
      keptRuns.removeIf(work -> deletions.contains(top(work.instanceId())));
      for (Map.Entry<String, Long> entry : kept.entrySet()) {
        InstanceRow row = reader.instanceById(entry.getKey());
        assertThat(row).as("acknowledged, id=%s (I1)", entry.getKey()).isNotNull();
        assertThat(Objects.requireNonNull(row).number()).isEqualTo(entry.getValue());
      }
      for (InstanceRow end : ends.values()) {
        assertThat(reader.instanceById(end.id())).as("heard (I4)").isEqualTo(end);
      }
      for (ActivityWork work : keptRuns) {
        assertThat(event(reader, work))
            .as("an activity that ran was asked for, task=%s (I4)", work.row())
            .isInstanceOf(HistoryEvent.ActivityScheduled.class);
      }
    }
  }

  /** Children are named after their parents. */
  private static String top(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }

  private static HistoryEvent event(OrchestrationReader reader, ActivityWork work)
      throws StoreException {
    for (HistoryRow turn : reader.history(work.row().instance(), 1, 1, 1_000)) {
      int index = work.row().action() - turn.firstEvent();
      if (index >= 0 && index < turn.events().size()) {
        return turn.events().get(index);
      }
    }
    throw new AssertionError("no event where the task points (I4), task=" + work.row());
  }

  void checkEnd(OrchestrationStore store, Function<Payload, String> text) throws StoreException {
    checkOpen(store);
    try (OrchestrationReader reader = store.read()) {
      for (InstanceRow row : reader.instancesBefore(Long.MAX_VALUE, 10_000)) {
        assertThat(row.status())
            .as("id=%s failure=%s", row.id(), row.failure())
            .isIn(InstanceStatus.COMPLETED, InstanceStatus.CANCELLED, InstanceStatus.RUNNING);
        checkHistory(reader, row, text);
        if (row.status().isTerminal()) {
          finished++;
          assertThat(reader.tasks(row.number())).isEmpty();
          assertThat(reader.timers(row.number())).isEmpty();
          assertThat(reader.inbox(row.number())).isEmpty();
        } else {
          assertThat(row.orchestration())
              .as("waits for an event, row=%s %s", row, open(reader, row))
              .isEqualTo("chain");
          assertThat(reader.tasks(row.number())).isEmpty();
        }
      }
    }
  }

  private static String open(OrchestrationReader reader, InstanceRow row) throws StoreException {
    return "tasks=%s timers=%s inbox=%s history=%s"
        .formatted(
            reader.tasks(row.number()),
            reader.timers(row.number()),
            reader.inbox(row.number()),
            reader.history(row.number(), 1, 1, 1_000));
  }

  private static void checkHistory(
      OrchestrationReader reader, InstanceRow row, Function<Payload, String> text)
      throws StoreException {
    Set<Integer> ended = new HashSet<>();
    int events = 0;
    for (HistoryRow turn : reader.history(row.number(), 1, 1, 1_000)) {
      assertThat(turn.firstEvent()).isEqualTo(events);
      events += turn.events().size();
      for (HistoryEvent event : turn.events()) {
        if (event instanceof HistoryEvent.ActivityCompleted completed) {
          assertThat(ended.add(completed.action())).as("recorded once (C4)").isTrue();
          assertThat(text.apply(completed.result()))
              .as("made for this instance (C41), id=%s", row.id())
              .endsWith(SimulatedWorld.FOR + row.number());
        } else if (event instanceof HistoryEvent.ActivityFailed failed) {
          assertThat(ended.add(failed.action())).as("recorded once (C4)").isTrue();
        } else if (event instanceof HistoryEvent.TimerFired fired) {
          assertThat(ended.add(fired.action())).as("fired once (R21)").isTrue();
        }
      }
    }
    assertThat(row.events()).as("id=%s", row.id()).isEqualTo(events);
  }
}
