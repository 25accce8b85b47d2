package io.millrace.engine;

import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.Waiting;
import io.millrace.storage.orchestration.ScheduleRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The schedules of an engine. They survive restarts, and each occurrence starts its instance
 * exactly once; the instance's id is {@code <schedule id>/<time>}, such as {@code
 * nightly/2026-03-01T03:00:00Z}.
 *
 * <p>Any thread; every method blocks until what it did or saw is durable at the engine's level, and
 * refuses to be called from inside an orchestration. All of them throw {@link
 * EngineClosedException} if the engine is closed and {@link
 * io.millrace.buffer.BufferFailedException} if it has failed.
 */
public final class Schedules {

  private final Engine engine;

  Schedules(Engine engine) {
    this.engine = engine;
  }

  /**
   * Makes a schedule; its first occurrence is the first after now. One that is there and does the
   * same is left as it is, so that a program may say this at every start.
   *
   * @param id as for instances, and 32 characters shorter
   * @return whether there was none
   * @throws CommandRefusedException if a schedule with this id does something else, the
   *     orchestration is not registered, or there are {@link EngineLimits#schedulesMax} schedules
   */
  public boolean create(String id, Schedule<?> schedule) {
    Objects.requireNonNull(schedule, "schedule");
    return wait("create", () -> engine.schedules().put(id, schedule, false));
  }

  /**
   * Makes a schedule, or makes an existing one do this from now on; a pause stays.
   *
   * @return whether anything changed
   * @throws CommandRefusedException if the orchestration is not registered, or there are {@link
   *     EngineLimits#schedulesMax} schedules
   */
  public boolean replace(String id, Schedule<?> schedule) {
    Objects.requireNonNull(schedule, "schedule");
    return wait("replace", () -> engine.schedules().put(id, schedule, true));
  }

  /**
   * Holds a schedule. Idempotent. What it started goes on.
   *
   * @throws CommandRefusedException if there is no such schedule
   */
  public void pause(String id) {
    wait("pause", () -> engine.schedules().pause(id, true));
  }

  /**
   * Lets a schedule go on with the first occurrence after now; what came to pass meanwhile is not
   * made up for. Idempotent.
   *
   * @throws CommandRefusedException if there is no such schedule
   */
  public void resume(String id) {
    wait("resume", () -> engine.schedules().pause(id, false));
  }

  /**
   * Starts what a schedule starts, now and beside its regular times, held or not, by its overlap
   * rule.
   *
   * @return the id of the instance; empty if {@link io.millrace.storage.orchestration.Overlap#SKIP}
   *     let it be
   * @throws CommandRefusedException if there is no such schedule
   */
  public Optional<String> trigger(String id) {
    return wait("trigger", () -> engine.schedules().trigger(id));
  }

  /**
   * Deletes a schedule. What it started goes on.
   *
   * @throws CommandRefusedException if there is no such schedule
   */
  public void delete(String id) {
    wait("delete", () -> engine.schedules().delete(id));
  }

  /** Returns all schedules, by id. */
  public List<ScheduleInfo> list() {
    Waiting.refuseInside("list");
    return engine.schedules().list().stream().map(ScheduleInfo::of).toList();
  }

  /** Returns where a schedule stands, empty if there is none. */
  public Optional<ScheduleInfo> info(String id) {
    Waiting.refuseInside("info");
    ScheduleRow row = engine.schedules().find(id);
    return row == null ? Optional.empty() : Optional.of(ScheduleInfo.of(row));
  }

  private static <T> T wait(String call, Supplier<CompletableFuture<T>> action) {
    Waiting.refuseInside(call);
    return Waiting.forever(action.get(), "waiting for " + call + " to be durable");
  }
}
