package io.millrace.engine;

import io.millrace.engine.internal.runtime.Engine;
import io.millrace.engine.internal.runtime.Located;
import io.millrace.engine.internal.runtime.Waiting;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How what the engine knows of an instance is said to clients. */
final class Outcomes {

  private Outcomes() {}

  static <O extends @Nullable Object> Outcome<O> outcome(
      Engine engine, Orchestration<?, O> orchestration, InstanceRow row) {
    return switch (row.status()) {
      case COMPLETED -> new Outcome.Completed<>(value(engine, orchestration, row));
      case FAILED -> new Outcome.Failed<>(failure(row));
      case CANCELLED -> new Outcome.Cancelled<>(failure(row).message());
      case TERMINATED -> new Outcome.Terminated<>(failure(row).message());
      default -> throw new IllegalStateException("expected an end, " + standing(row));
    };
  }

  static <O extends @Nullable Object> O result(
      Engine engine, Orchestration<?, O> orchestration, InstanceRow row) {
    return switch (row.status()) {
      case COMPLETED -> value(engine, orchestration, row);
      case FAILED, CANCELLED, TERMINATED ->
          throw new OrchestrationFailedException(row.id(), failure(row));
      default -> throw new IllegalStateException("expected an end, " + standing(row));
    };
  }

  private static <O extends @Nullable Object> O value(
      Engine engine, Orchestration<?, O> orchestration, InstanceRow row) {
    Payload output = Objects.requireNonNull(row.output(), "a completed instance has an output");
    try {
      return engine.clients().decode(output, orchestration.outputType());
    } catch (PayloadException e) {
      throw new PayloadException(
          "the result is kept, but does not read as what the handle declares, id="
              + row.id()
              + " orchestration="
              + row.orchestration()
              + '@'
              + row.version()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static Failure failure(InstanceRow row) {
    return Objects.requireNonNull(row.failure(), "an instance without a result has a failure");
  }

  /** Returns what was found, if it is what the handle speaks of. */
  static Located check(Orchestration<?, ?> orchestration, String id, @Nullable Located located) {
    if (located == null) {
      throw unknown(id);
    }
    String name = located.row().orchestration();
    if (!name.equals(orchestration.name())) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.OTHER_ORCHESTRATION,
          "the id belongs to an instance of another orchestration, id="
              + id
              + " orchestration="
              + name
              + " asked="
              + orchestration.name());
    }
    return located;
  }

  static CommandRefusedException unknown(String id) {
    return new CommandRefusedException(
        CommandRefusedException.Reason.UNKNOWN_INSTANCE,
        "there is no instance with this id; start it first, id=" + id);
  }

  /** Says where an instance stands, in one line. */
  static String standing(InstanceRow row) {
    Failure failure = row.failure();
    return "the instance has not ended, id="
        + row.id()
        + " status="
        + row.status()
        + " turns="
        + row.turns()
        + " events="
        + row.events()
        + (failure == null ? "" : " cause=" + failure.message());
  }

  static <T extends @Nullable Object> void raise(
      Engine engine, String id, Event<T> event, T data, RaiseOptions options) {
    await("raise", () -> engine.clients().raise(id, event, data, options));
  }

  /** Does something and waits until it is durable as asked. */
  static void await(String call, Supplier<CompletableFuture<@Nullable Void>> action) {
    Waiting.refuseInside(call);
    Waiting.forever(action.get(), "waiting for " + call + " to be durable");
  }
}
