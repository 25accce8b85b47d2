package io.millrace.engine.internal.runtime;

import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Durability;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.InstanceHistory;
import io.millrace.engine.QuarantineGroup;
import io.millrace.engine.ReplayReport;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.engine.internal.Ids;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.replay.Examination;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask about instances, read from the store behind a barrier (C43), or, if they say
 * so, as it is (R14). Any thread; the store is read on the caller's.
 */
public final class InstanceReads {

  private static final int PAGE = 1_000;
  private static final int EXECUTIONS_MAX = 10_000;

  private final EngineParts parts;
  private final CommandPipeline<Command> pipeline;
  private final Clients clients;
  private final boolean waiting;

  InstanceReads(EngineParts parts, CommandPipeline<Command> pipeline, Clients clients) {
    this(parts, pipeline, clients, true);
  }

  private InstanceReads(
      EngineParts parts, CommandPipeline<Command> pipeline, Clients clients, boolean waiting) {
    this.parts = parts;
    this.pipeline = pipeline;
    this.clients = clients;
    this.waiting = waiting;
  }

  /** Returns the same without the barrier. */
  public InstanceReads asApplied() {
    return new InstanceReads(parts, pipeline, clients, false);
  }

  /** Returns instances, newest first. */
  public List<InstanceRow> list(InstanceFilter filter, long before, int limit) {
    return read("listing instances", reader -> reader.instances(filter, before, limit));
  }

  /** Returns an instance, or null. */
  public @Nullable InstanceRow find(String id) {
    Ids.require(id, parts.settings().limits().idCharsMax());
    return read("looking up id=" + id, reader -> Optional.ofNullable(reader.instanceById(id)))
        .orElse(null);
  }

  /** Returns the executions that are over, newest first. */
  public List<ExecutionRow> executions(String id) {
    return of(
        id, (reader, row) -> reader.executions(row.number(), Integer.MAX_VALUE, EXECUTIONS_MAX));
  }

  /** Returns turns of an execution. */
  public List<HistoryRow> history(String id, int execution, int fromTurn, int limit) {
    return of(
        id,
        (reader, row) ->
            ReadableTurns.upToTheDamage(reader, row.number(), execution, fromTurn, limit));
  }

  /** Returns the children of an instance. */
  public List<InstanceRow> children(String id, long before, int limit) {
    return of(
        id,
        (reader, row) ->
            reader.instances(InstanceFilter.ALL.withParent(row.number()), before, limit));
  }

  /** Returns the tree of an instance. */
  public List<InstanceRow> tree(String id, long before, int limit) {
    return of(
        id,
        (reader, row) -> reader.instances(InstanceFilter.ALL.withRoot(row.root()), before, limit));
  }

  /** Returns what an instance's code has said of it, or null. */
  public @Nullable AttributesRow attributes(String id) {
    return of(id, (reader, row) -> Optional.ofNullable(reader.attributes(row.number())))
        .orElse(null);
  }

  /** Counts the live instances of an orchestration by version. */
  public SortedMap<String, Long> byVersion(String orchestration) {
    EnumSet<InstanceStatus> live = EnumSet.allOf(InstanceStatus.class);
    live.removeIf(InstanceStatus::isTerminal);
    SortedMap<String, Long> counts = new TreeMap<>();
    forEach(
        InstanceFilter.ALL.withStatuses(live).withOrchestration(orchestration),
        row -> counts.merge(row.version(), 1L, Long::sum));
    return counts;
  }

  /** Groups what is set aside. */
  public List<QuarantineGroup> quarantined() {
    Map<List<String>, List<InstanceRow>> groups = new LinkedHashMap<>();
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    forEach(
        setAside(InstanceFilter.ALL),
        row -> {
          List<String> key = List.of(cause(row.failure()), row.orchestration(), row.version());
          List<InstanceRow> some = groups.computeIfAbsent(key, any -> new ArrayList<>());
          counts.merge(key, 1, Integer::sum);
          if (some.size() < QuarantineGroup.IDS_MAX) {
            some.add(row);
          }
        });
    List<QuarantineGroup> found = new ArrayList<>();
    groups.forEach(
        (key, some) -> {
          Failure newest = some.get(0).failure();
          found.add(
              new QuarantineGroup(
                  key.get(0),
                  key.get(1),
                  key.get(2),
                  counts.getOrDefault(key, 0),
                  some.stream().map(InstanceRow::id).toList(),
                  newest == null ? "" : newest.message()));
        });
    found.sort(Comparator.comparingInt(QuarantineGroup::count).reversed());
    return found;
  }

  private static String cause(@Nullable Failure failure) {
    if (failure instanceof Failure.ApplicationFailure application) {
      return application.type();
    }
    return failure instanceof Failure.LimitExceeded limit ? limit.limit() : "other";
  }

  /** Lets instances that are set aside try again. */
  public int release(InstanceFilter filter) {
    int[] released = {0};
    List<CompletableFuture<@Nullable Void>> window = new ArrayList<>();
    forEach(
        setAside(filter),
        row -> {
          window.add(clients.release(row.id()));
          if (window.size() == PAGE) {
            released[0] += await(window);
          }
        });
    return released[0] + await(window);
  }

  /** One that is not set aside any more, or is gone, is no fault: it was found in the past. */
  private static int await(List<CompletableFuture<@Nullable Void>> window) {
    int done = 0;
    for (CompletableFuture<@Nullable Void> release : window) {
      done += Waiting.isGranted(release, "waiting for a release") ? 1 : 0;
    }
    window.clear();
    return done;
  }

  private static InstanceFilter setAside(InstanceFilter filter) {
    return filter.withStatuses(Set.of(InstanceStatus.QUARANTINED));
  }

  /** Runs the registered code over stored histories. */
  public ReplayReport replayCheck(InstanceFilter filter) {
    EngineLimits limits = parts.settings().limits();
    Replayer replayer =
        new Replayer(
            new PayloadValues(parts.payloads()),
            new TurnLimits(
                limits.turnActionsMax(), limits.compensationActionsMax(), limits.idCharsMax()),
            line -> {});
    Check check = new Check(replayer);
    forEach(filter, check::look);
    return new ReplayReport(check.checked, check.unregistered, check.divergences);
  }

  /** Returns all that is kept of an instance. */
  public InstanceHistory export(String id) {
    return of(
        id,
        (reader, row) -> {
          List<ExecutionRow> executions =
              new ArrayList<>(
                  reader.executions(row.number(), Integer.MAX_VALUE, Integer.MAX_VALUE));
          executions.sort(Comparator.comparingInt(ExecutionRow::execution));
          List<HistoryRow> turns = new ArrayList<>();
          for (ExecutionRow execution : executions) {
            turns.addAll(
                ReadableTurns.all(reader, row.number(), execution.execution(), execution.turns()));
          }
          turns.addAll(ReadableTurns.all(reader, row.number(), row.execution(), row.turns()));
          return new InstanceHistory(
              row, reader.attributes(row.number()), executions, turns, reader.payloadTypes());
        });
  }

  private static List<HistoryRow> turns(OrchestrationReader reader, long instance, int execution)
      throws StoreException {
    return reader.history(instance, execution, 1, Integer.MAX_VALUE);
  }

  /** Shows a value to a person. */
  public String text(Payload payload) {
    return parts.payloads().render(payload);
  }

  /** Looks at all, page after page: a view of the store has a time limit. */
  private void forEach(InstanceFilter filter, Consumer<InstanceRow> action) {
    long before = Long.MAX_VALUE;
    List<InstanceRow> page;
    do {
      page = list(filter, before, PAGE);
      page.forEach(action);
      before = page.isEmpty() ? before : page.get(page.size() - 1).number();
    } while (page.size() == PAGE);
  }

  private <T extends @Nullable Object> T of(String id, InstanceRead<T> read) {
    Ids.require(id, parts.settings().limits().idCharsMax());
    return read(
        "reading id=" + id,
        reader -> {
          InstanceRow row = reader.instanceById(id);
          if (row == null) {
            throw new CommandRefusedException(
                CommandRefusedException.Reason.UNKNOWN_INSTANCE,
                "there is no instance with this id; start it first, id=" + id);
          }
          return read.from(reader, row);
        });
  }

  private <T extends @Nullable Object> T read(String what, StoreRead<T> read) {
    clients.requireOpen();
    if (waiting) {
      clients.awaitDurable(pipeline.progress().decided(), Durability.APPLIED);
    }
    try (OrchestrationReader reader = parts.store().read()) {
      return read.from(reader);
    } catch (StoreException e) {
      throw new StoreUnreadableException(what, e);
    }
  }

  /** Reads something. */
  private interface StoreRead<T extends @Nullable Object> {
    T from(OrchestrationReader reader) throws StoreException;
  }

  /** Reads something of an instance. */
  private interface InstanceRead<T extends @Nullable Object> {
    T from(OrchestrationReader reader, InstanceRow row) throws StoreException;
  }

  /** A check under way. */
  private final class Check {
    final List<ReplayReport.Divergence> divergences = new ArrayList<>();
    final Replayer replayer;
    int checked;
    int unregistered;

    Check(Replayer replayer) {
      this.replayer = replayer;
    }

    void look(InstanceRow row) {
      OrchestrationCode<?, ?> code =
          parts.settings().codes().find(row.orchestration(), row.version());
      if (code == null) {
        unregistered++;
        return;
      }
      checked++;
      @Nullable String why;
      try {
        why = why(row, code);
      } catch (StoreUnreadableException e) {
        // A row of it cannot be decoded: it would be set aside, too (C21).
        why = String.valueOf(e.getMessage());
      }
      if (why != null) {
        divergences.add(
            new ReplayReport.Divergence(row.id(), row.orchestration(), row.version(), why));
      }
    }

    private @Nullable String why(InstanceRow row, OrchestrationCode<?, ?> code) {
      List<HistoryRow> turns =
          read("reading id=" + row.id(), reader -> turns(reader, row.number(), row.execution()));
      if (turns.isEmpty()) {
        return null;
      }
      Examination found =
          replayer.examine(
              new Turn(
                  code,
                  row.id(),
                  row.number(),
                  row.execution(),
                  turns,
                  List.of(),
                  row.updatedAtMillis()),
              false);
      QuarantineCause cause = found.cause();
      return cause == null ? null : cause.toFailure().message();
    }
  }
}
