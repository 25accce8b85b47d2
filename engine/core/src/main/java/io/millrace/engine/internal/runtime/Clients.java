package io.millrace.engine.internal.runtime;

import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Kept;
import io.millrace.buffer.Progress;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.Event;
import io.millrace.engine.IfExists;
import io.millrace.engine.Orchestration;
import io.millrace.engine.RaiseOptions;
import io.millrace.engine.ResultTimeoutException;
import io.millrace.engine.StartOptions;
import io.millrace.engine.StoreUnreadableException;
import io.millrace.engine.internal.Ids;
import io.millrace.engine.internal.decide.CancelInstance;
import io.millrace.engine.internal.decide.ClientCommand;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.decide.Directory;
import io.millrace.engine.internal.decide.InstanceView;
import io.millrace.engine.internal.decide.Outlet;
import io.millrace.engine.internal.decide.Past;
import io.millrace.engine.internal.decide.RaiseEvent;
import io.millrace.engine.internal.decide.RaiseOrStart;
import io.millrace.engine.internal.decide.ReleaseInstance;
import io.millrace.engine.internal.decide.StartInstance;
import io.millrace.engine.internal.decide.TerminateInstance;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What clients can ask of a running engine. Any thread. */
public final class Clients {

  private static final int ENVELOPE_BYTES = 128;
  private static final Duration BARRIER_TIMEOUT = Duration.ofSeconds(30);

  private final EngineSettings settings;
  private final CommandPipeline<Command> pipeline;
  private final Directory directory;
  private final OrchestrationStore store;
  private final Payloads payloads;
  private final Callbacks callbacks;
  private final Loader loader;
  private final Outlet outlet;
  private final StatusWaiters statuses;
  private final Ends ends;

  // written by: whoever closes the engine, or hears that it failed; first before waiters are failed
  private volatile @Nullable RuntimeException over;

  Clients(EngineParts parts, CommandPipeline<Command> pipeline) {
    this.settings = parts.settings();
    this.pipeline = pipeline;
    this.directory = parts.directory();
    this.store = parts.store();
    this.payloads = parts.payloads();
    this.callbacks = parts.callbacks();
    this.loader = parts.loader();
    this.outlet = parts.outlet();
    this.statuses = parts.outlet().statuses();
    this.ends = new Ends(directory, store);
  }

  /** Starts an instance; see {@link io.millrace.engine.Millrace#startAsync}. */
  public <T> CompletableFuture<T> start(
      Orchestration<?, ?> orchestration,
      String id,
      @Nullable Object input,
      StartOptions options,
      Function<Located, T> answer) {
    Objects.requireNonNull(orchestration, "orchestration");
    Objects.requireNonNull(options, "options");
    Ids.require(id, settings.limits().idCharsMax());
    OrchestrationCode<?, ?> code = code(orchestration);
    Payload payload = payloads.encode(input, orchestration.inputType());
    IfExists ifExists = options.ifExists();
    Call<T> call =
        call(
            options.durability(),
            id,
            payload.size(),
            done -> answer.apply(located((StartInstance) done)));
    StartInstance start = new StartInstance(now(), id, code, payload, ifExists, call);
    start.asRequest(requestId(options.requestId()));
    return submit(start, call);
  }

  private OrchestrationCode<?, ?> code(Orchestration<?, ?> orchestration) {
    OrchestrationCode<?, ?> code =
        settings.codes().find(orchestration.name(), orchestration.version());
    if (code == null) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.NOT_REGISTERED,
          "the orchestration is not registered; register it with the builder, orchestration="
              + orchestration
              + " registered="
              + settings.codes().orchestrationNames());
    }
    return code;
  }

  /** Raises an event, and starts the instance if there is none. */
  public <T> CompletableFuture<T> raiseOrStart(
      Orchestration<?, ?> orchestration,
      String id,
      @Nullable Object input,
      Event<?> event,
      @Nullable Object data,
      RaiseOptions options,
      Function<Located, T> answer) {
    Ids.require(id, settings.limits().idCharsMax());
    OrchestrationCode<?, ?> code = code(Objects.requireNonNull(orchestration, "orchestration"));
    Payload given = payloads.encode(input, orchestration.inputType());
    Payload with = payloads.encode(data, event.type());
    Call<T> call =
        call(
            options.durability(),
            id,
            given.size() + with.size(),
            done ->
                answer.apply(
                    new Located(done.view(), done.stored(), ((RaiseOrStart) done).created())));
    RaiseOrStart command = new RaiseOrStart(now(), id, code, given, event.name(), with, call);
    command.asRequest(requestId(options.requestId()));
    return submit(command, call);
  }

  private @Nullable String requestId(@Nullable String given) {
    return given == null ? null : Ids.require(given, settings.limits().idCharsMax());
  }

  private static Located located(StartInstance start) {
    return new Located(start.view(), start.stored(), start.created());
  }

  /** Raises an event; see {@link io.millrace.engine.Millrace#raise}. */
  public <T extends @Nullable Object> CompletableFuture<@Nullable Void> raise(
      String id, Event<T> event, T data, RaiseOptions options) {
    Ids.require(id, settings.limits().idCharsMax());
    Objects.requireNonNull(event, "event");
    Payload payload = payloads.encode(data, event.type());
    Call<@Nullable Void> call = call(options.durability(), id, payload.size(), done -> null);
    RaiseEvent command =
        new RaiseEvent(now(), id, event.name(), payload, holdMillis(options), call);
    command.asRequest(requestId(options.requestId()));
    return submit(command, call);
  }

  private long holdMillis(RaiseOptions options) {
    Duration time = options.holdFor();
    if (time == null) {
      return 0;
    }
    Duration most = settings.limits().heldTimeMax();
    if (time.toMillis() < 1 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "expected to hold for 1 ms to heldTimeMax=" + most + ", holdFor=" + time);
    }
    return time.toMillis();
  }

  /** Asks an instance to stop; see {@link io.millrace.engine.Millrace#cancel}. */
  public CompletableFuture<@Nullable Void> cancel(
      String id, String reason, @Nullable Durability durability) {
    Ids.require(id, settings.limits().idCharsMax());
    requireReason(reason);
    Call<@Nullable Void> call = call(durability, id, reason.length(), done -> null);
    return submit(new CancelInstance(now(), id, reason, outlet, call), call);
  }

  /** Ends an instance from outside; see {@link io.millrace.engine.Millrace#terminate}. */
  public CompletableFuture<@Nullable Void> terminate(String id, String reason) {
    Ids.require(id, settings.limits().idCharsMax());
    requireReason(reason);
    Call<@Nullable Void> call = call(null, id, reason.length(), done -> null);
    return submit(new TerminateInstance(now(), id, reason, outlet, call), call);
  }

  /** Lets an instance that was set aside try again; see {@link io.millrace.engine.Millrace}. */
  public CompletableFuture<@Nullable Void> release(String id) {
    Ids.require(id, settings.limits().idCharsMax());
    Call<@Nullable Void> call = call(null, id, 0, done -> null);
    return submit(new ReleaseInstance(now(), id, call), call);
  }

  /** Hands in a command about an instance that brings nothing back. */
  CompletableFuture<@Nullable Void> tell(
      String id, BiFunction<Long, ClientCommand.Reply, ClientCommand> command) {
    Ids.require(id, settings.limits().idCharsMax());
    Call<@Nullable Void> call = call(null, id, 0, done -> null);
    return submit(command.apply(now(), call), call);
  }

  private void requireReason(String reason) {
    Objects.requireNonNull(reason, "reason");
    if (reason.length() > settings.limits().idCharsMax() * 4) {
      throw new IllegalArgumentException(
          "expected a reason of at most 4 * idCharsMax characters, length=" + reason.length());
    }
  }

  <T extends @Nullable Object> Call<T> call(
      @Nullable Durability asked, String id, int bytes, Function<ClientCommand, T> answer) {
    requireOpen();
    Durability level = asked == null ? pipeline.level() : asked;
    return new Call<>(
        callbacks, new CallLevel(level, ENVELOPE_BYTES + id.length() + bytes), answer);
  }

  <T extends @Nullable Object> CompletableFuture<T> submit(ClientCommand command, Call<T> call) {
    try {
      pipeline.submit(command, call.level().bytes(), call.level().durability(), command);
    } catch (io.millrace.buffer.BufferClosedException e) {
      throw new EngineClosedException(e.kept(), "the engine is closed; nothing was handed in", e);
    }
    return call;
  }

  /**
   * Finds an instance, reading the store on the calling thread if it is not in memory.
   *
   * @return null if there is none
   */
  public @Nullable Located locate(String id) {
    Ids.require(id, settings.limits().idCharsMax());
    requireOpen();
    InstanceView view = directory.find(id);
    // What is not in memory has left it, so the store has all of it.
    return view == null ? ends.stored(id) : new Located(view, null, false);
  }

  /** As {@link #locate}, on the loader's thread. */
  public CompletableFuture<@Nullable Located> locateAsync(String id) {
    requireOpen();
    InstanceView view = directory.find(id);
    if (view != null) {
      return CompletableFuture.completedFuture(new Located(view, null, false));
    }
    CompletableFuture<@Nullable Located> future = new CompletableFuture<>();
    loader.execute(
        () -> {
          try {
            Located located = locate(id);
            callbacks.execute(() -> future.complete(located));
          } catch (RuntimeException e) {
            callbacks.execute(() -> future.completeExceptionally(e));
          }
        });
    return future;
  }

  /** Returns the future of an instance's last row, durable at the engine's level. */
  public CompletableFuture<InstanceRow> ended(Located located) {
    return ends.of(located, this::fail);
  }

  /** Looked at after the waiter is known: whoever ends the engine looks in the other order. */
  private void fail(CompletableFuture<InstanceRow> waiter) {
    RuntimeException cause = over;
    if (cause != null) {
      waiter.completeExceptionally(cause);
    }
  }

  /** Returns the row of an instance as of what is durable at the engine's level. */
  public InstanceRow visible(Located located) {
    InstanceView view = located.view();
    if (view == null) {
      return located.row();
    }
    requireOpen();
    InstanceView.Snapshot snapshot = view.snapshot();
    if (pipeline.progress().reached(pipeline.level()) < snapshot.position()) {
      awaitDurable(snapshot.position(), pipeline.level());
    }
    return snapshot.row();
  }

  /** Lists instances from the store, after a barrier. */
  public List<InstanceRow> list(long beforeNumber, int limit) {
    requireOpen();
    Progress progress = pipeline.progress();
    if (progress.applied() < progress.decided()) {
      awaitDurable(progress.decided(), Durability.APPLIED);
    }
    try (OrchestrationReader reader = store.read()) {
      return reader.instancesBefore(beforeNumber, limit);
    } catch (StoreException e) {
      throw new StoreUnreadableException("listing instances", e);
    }
  }

  /** Reads what an instance's code has said of it, as of what is durable; null for nothing. */
  public @Nullable AttributesRow attributes(Located located) {
    return read(located, reader -> reader.attributes(located.row().number()));
  }

  /**
   * Waits until an instance's custom status is newer than one that was seen.
   *
   * @return null if it has ended, or the time was over, before that
   */
  public @Nullable AttributesRow awaitStatus(Located located, int seen, Duration timeout) {
    long deadline = System.nanoTime() + Waiting.nanos(timeout);
    long number = located.row().number();
    while (true) {
      // In this order: what is said after the look comes to the waiter.
      CompletableFuture<AttributesRow> next = statuses.next(number);
      // It may have left memory and come back, so it is found anew.
      Located now = Objects.requireNonNullElse(locate(located.row().id()), located);
      CompletableFuture<InstanceRow> end = ended(now);
      boolean over = end.isDone();
      AttributesRow row = attributes(now);
      if (row != null && row.customStatusVersion() > seen) {
        return row;
      }
      long left = deadline - System.nanoTime();
      if (over || left <= 0) {
        statuses.forget(number, next);
        return null;
      }
      try {
        Waiting.atMost(CompletableFuture.anyOf(next, end), Duration.ofNanos(left), () -> "");
      } catch (ResultTimeoutException e) {
        statuses.forget(number, next);
        return null;
      }
    }
  }

  /**
   * Reads the last execution of an instance that has ended.
   *
   * @throws CommandRefusedException if it has not ended, or its history is gone
   */
  Past past(String id) {
    Located located = locate(id);
    if (located == null) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.UNKNOWN_INSTANCE,
          "there is no instance with this id, id=" + id);
    }
    Past past = read(located, reader -> past(reader, located.row().number()));
    if (past == null || !past.row().status().isTerminal() || past.history().isEmpty()) {
      throw new CommandRefusedException(
          CommandRefusedException.Reason.NOT_POSSIBLE,
          "expected an instance that has ended, with its history, id="
              + id
              + " status="
              + (past == null ? "gone" : past.row().status()));
    }
    return past;
  }

  private static @Nullable Past past(OrchestrationReader reader, long number)
      throws StoreException {
    InstanceRow row = reader.instance(number);
    return row == null
        ? null
        : new Past(
            row,
            reader.history(number, row.execution(), 1, Integer.MAX_VALUE),
            reader.attributes(number));
  }

  private <T> @Nullable T read(Located located, StoreRead<T> body) {
    requireOpen();
    InstanceView view = located.view();
    if (view != null) {
      awaitDurable(view.snapshot().position(), Durability.APPLIED);
    }
    try (OrchestrationReader reader = store.read()) {
      return body.read(reader);
    } catch (StoreException e) {
      throw new StoreUnreadableException("reading id=" + located.row().id(), e);
    }
  }

  /** Reads something from one view of the store. */
  private interface StoreRead<T> {
    @Nullable T read(OrchestrationReader reader) throws StoreException;
  }

  /** Waits on the calling thread; at once if the position is as durable as that. */
  void awaitDurable(long position, Durability level) {
    if (pipeline.progress().reached(level) >= position) {
      return;
    }
    try {
      pipeline.awaitDurable(position, level, BARRIER_TIMEOUT);
    } catch (InterruptedException e) {
      throw Waiting.interrupted("waiting for position=" + position, e);
    }
  }

  /** Reads a value that was recorded. */
  @SuppressWarnings("NullAway") // a null comes back only where a null was written
  public <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type) {
    return payloads.decode(payload, type);
  }

  /**
   * Fails all who wait, and all later calls.
   *
   * @param cause what they get
   */
  void end(RuntimeException cause) {
    over = cause;
    directory.forEach(
        view -> {
          CompletableFuture<InstanceRow> waiter = view.waiter();
          if (waiter != null && view.end() == null) {
            callbacks.execute(() -> waiter.completeExceptionally(cause));
          }
        });
  }

  void requireOpen() {
    RuntimeException cause = over;
    if (cause instanceof EngineClosedException) {
      throw new EngineClosedException(Kept.NO, "the engine is closed; open it anew", cause);
    }
    if (cause != null) {
      throw cause;
    }
  }

  private long now() {
    return settings.time().nowMillis();
  }
}
