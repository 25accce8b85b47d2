package io.millrace.engine.internal.runtime;

import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.CommandPipeline;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.Schedule;
import io.millrace.engine.internal.Ids;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.decide.DeleteSchedule;
import io.millrace.engine.internal.decide.PauseSchedule;
import io.millrace.engine.internal.decide.PutSchedule;
import io.millrace.engine.internal.decide.ScheduleAlarm;
import io.millrace.engine.internal.decide.ScheduleBook;
import io.millrace.engine.internal.decide.ScheduleCommand;
import io.millrace.engine.internal.decide.ScheduleEntry;
import io.millrace.engine.internal.decide.ScheduleOccurrence;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients can ask about schedules. Any thread. */
public final class ScheduleClients {

  private static final int ENVELOPE_BYTES = 256;

  /** What an occurrence's time adds to the schedule's id, in characters, at most. */
  private static final int OCCURRENCE_CHARS = 32;

  private final EngineSettings settings;
  private final CommandPipeline<Command> pipeline;
  private final EngineParts parts;
  private final Clients clients;
  private final ScheduleBook book;

  ScheduleClients(EngineParts parts, CommandPipeline<Command> pipeline, Clients clients) {
    this.parts = parts;
    this.settings = parts.settings();
    this.pipeline = pipeline;
    this.clients = clients;
    this.book = parts.loading().schedules();
  }

  /** Makes or changes a schedule; see {@link io.millrace.engine.Schedules#create}. */
  public CompletableFuture<Boolean> put(String id, Schedule<?> schedule, boolean replace) {
    requireId(id);
    var orchestration = schedule.orchestration();
    if (settings.codes().find(orchestration.name(), orchestration.version()) == null) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.NOT_REGISTERED,
          "the orchestration is not registered; register it with the builder, orchestration="
              + orchestration
              + " registered="
              + settings.codes().orchestrationNames());
    }
    Payload input = parts.payloads().encode(schedule.input(), orchestration.inputType());
    PutSchedule.Wanted wanted =
        new PutSchedule.Wanted(
            schedule.cron(),
            schedule.zone().getId(),
            orchestration.name(),
            orchestration.version(),
            input,
            schedule.overlap(),
            schedule.catchUp().toMillis());
    ScheduleCall<Boolean> call = call(done -> ((PutSchedule) done).changed());
    return submit(new PutSchedule(now(), id, wanted, replace, call), input.size(), call);
  }

  /** Holds a schedule, or lets it go on. */
  public CompletableFuture<Boolean> pause(String id, boolean paused) {
    requireId(id);
    ScheduleCall<Boolean> call = call(done -> true);
    return submit(new PauseSchedule(now(), id, paused, call), 0, call);
  }

  /** Deletes a schedule. */
  public CompletableFuture<Boolean> delete(String id) {
    requireId(id);
    ScheduleCall<Boolean> call = call(done -> true);
    return submit(new DeleteSchedule(now(), id, call), 0, call);
  }

  /** Starts what a schedule starts, now; empty if its overlap rule let it be. */
  public CompletableFuture<Optional<String>> trigger(String id) {
    requireId(id);
    ScheduleEntry entry = book.find(id);
    if (entry == null) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.UNKNOWN_SCHEDULE,
          "there is no schedule with this id; create it first, id=" + id);
    }
    long now = now();
    String instance = ScheduleAlarm.instanceId(id, now);
    Call<Optional<String>> call =
        clients.call(
            null,
            instance,
            entry.row().input().size(),
            done ->
                ((ScheduleOccurrence) done).started() ? Optional.of(instance) : Optional.empty());
    return clients.submit(ScheduleOccurrence.triggered(now, entry, call), call);
  }

  /** Returns a schedule as of what is durable at the engine's level, or null. */
  public @Nullable ScheduleRow find(String id) {
    requireId(id);
    ScheduleEntry entry = book.find(id);
    ScheduleRow row = entry == null ? null : entry.row();
    awaitDurable();
    return row;
  }

  /** Returns all schedules by id, as of what is durable at the engine's level. */
  public List<ScheduleRow> list() {
    List<ScheduleRow> rows = new ArrayList<>();
    book.all().forEach(entry -> rows.add(entry.row()));
    rows.sort(Comparator.comparing(ScheduleRow::id));
    awaitDurable();
    return rows;
  }

  /** What was looked at is not newer than the last change, so that one being durable suffices. */
  private void awaitDurable() {
    clients.requireOpen();
    clients.awaitDurable(book.changedAt(), pipeline.level());
  }

  private void requireId(String id) {
    Ids.require(id, Math.max(1, settings.limits().idCharsMax() - OCCURRENCE_CHARS));
  }

  private <T> ScheduleCall<T> call(Function<ScheduleCommand, T> answer) {
    clients.requireOpen();
    return new ScheduleCall<>(parts.callbacks(), answer);
  }

  private <T> CompletableFuture<T> submit(
      ScheduleCommand command, int bytes, ScheduleCall<T> call) {
    try {
      pipeline.submit(command, ENVELOPE_BYTES + bytes, pipeline.level(), command);
    } catch (BufferClosedException e) {
      throw new EngineClosedException(e.kept(), "the engine is closed; nothing was handed in", e);
    }
    return call;
  }

  private long now() {
    return settings.time().nowMillis();
  }
}
