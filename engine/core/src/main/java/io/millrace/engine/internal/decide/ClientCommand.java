package io.millrace.engine.internal.decide;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowMutation;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks about an instance, by the caller's id. It is its own acknowledgement. An
 * instance that is not in memory is read from the store first; meanwhile the command is set aside,
 * and those about the same id that come later wait behind it (rule R19).
 */
public abstract sealed class ClientCommand extends Command implements Acknowledgement
    permits CancelInstance,
        DeleteTree,
        ImportInstance,
        PauseInstance,
        PruneExecutions,
        RaiseEvent,
        RaiseOrStart,
        ReleaseInstance,
        RewindInstance,
        ScheduleOccurrence,
        StartInstance,
        TerminateInstance {

  private final String id;
  private final Reply reply;

  // written by: decide thread, before the acknowledgement
  private @Nullable InstanceRow stored;
  private @Nullable InstanceView view;
  private @Nullable RequestRow done;

  // written by: the client, before it is handed in
  private @Nullable String requestId;

  ClientCommand(long atMillis, String id, Reply reply) {
    super(atMillis);
    this.id = id;
    this.reply = reply;
  }

  /** Returns the caller's id. */
  public final String id() {
    return id;
  }

  /** Says that it is to be done once, however often it is sent with this request id (C50). */
  public final void asRequest(@Nullable String once) {
    requestId = once;
  }

  /** Returns what an earlier command with the same request id came to, or null. */
  final @Nullable RequestRow done() {
    return done;
  }

  /** Returns what is asked for, to tell a repeated request from one that reuses its id. */
  String kind() {
    return getClass().getSimpleName();
  }

  /** Returns who hears what became of it. */
  final Reply reply() {
    return reply;
  }

  /** Returns the instance in memory that it concerned, or null; after the acknowledgement. */
  public final @Nullable InstanceView view() {
    return view;
  }

  /** Returns the instance in the store that it concerned, or null. */
  public final @Nullable InstanceRow stored() {
    return stored;
  }

  @Override
  public final void acknowledged(long position) {
    reply.done(this);
  }

  @Override
  public final void failed(RuntimeException cause) {
    reply.failed(this, cause);
  }

  @Override
  final void decide(EngineState state, Decision<RowMutation> decision) {
    Arrival waited = awaited();
    if (waited == null && state.arrivals().of(id) != null) {
      decision.defer();
      return;
    }
    InstanceState resident = state.instance(id);
    if (resident == null && waited == null && state.mayBeStored(id)) {
      decision.defer();
    } else if (!isRepeated(state, decision)) {
      if (resident != null) {
        decideResident(state, resident, decision);
      } else if (waited != null) {
        decideAbsent(state, waited, decision);
      } else {
        decideUnknown(state, decision);
      }
      remember(state, resident, decision);
    } else if (resident == null && waited != null) {
      stored = waited.row();
    }
  }

  /** Tells whether this was done before, or is refused because its id stands for something else. */
  private boolean isRepeated(EngineState state, Decision<RowMutation> decision) {
    String once = requestId;
    done = once == null ? null : state.shared().requests().find(once, atMillis());
    RequestRow before = done;
    if (before != null && !(before.kind().equals(kind()) && before.instanceId().equals(id))) {
      decision.refuse(
          refusal(
              CommandRefusedException.Reason.OTHER_REQUEST,
              "the request id stands for another request; choose a new one for each, requestId="
                  + once
                  + " was="
                  + before.kind()
                  + " id="
                  + before.instanceId()
                  + " asked="
                  + kind()
                  + " id="
                  + id));
    }
    return before != null;
  }

  private void remember(
      EngineState state, @Nullable InstanceState resident, Decision<RowMutation> decision) {
    String once = requestId;
    if (once == null || decision.refusal() != null) {
      return;
    }
    InstanceRow made = StartInstance.inserted(decision);
    InstanceRow found = resident != null ? resident.row() : stored;
    InstanceRow concerned = made != null ? made : found;
    state
        .shared()
        .requests()
        .remember(
            new RequestRow(
                state.numbers().draw(),
                once,
                id,
                concerned == null ? 0 : concerned.number(),
                kind(),
                made != null,
                atMillis()),
            decision);
  }

  private void decideAbsent(EngineState state, Arrival waited, Decision<RowMutation> decision) {
    RuntimeException failure = waited.failure();
    InstanceRow row = waited.row();
    if (failure != null) {
      decision.refuse(failure);
    } else if (row == null || state.isDeleted(row)) {
      decideUnknown(state, decision);
    } else {
      stored = row;
      decideStored(state, row, decision);
    }
  }

  @Override
  final void deferred(EngineState state) {
    awaits(state.arrivals().await(id, this));
  }

  @Override
  final void decided(EngineState state, Decision<RowMutation> decision) {
    state.shared().lay(decision);
    InstanceState resident = state.instance(id);
    if (done == null) {
      if (resident == null) {
        decidedAbsent(state, decision);
      } else {
        decidedResident(state, resident, decision);
      }
    }
    InstanceState now = state.instance(id);
    view = now == null ? null : now.view();
  }

  @Override
  final void decideTooLarge(
      EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.LIMIT,
            "expected a command that fits into one record, recordBytesMax="
                + limit
                + " bytes="
                + bytes
                + " id="
                + id));
  }

  /** The instance is in memory, perhaps ended. */
  abstract void decideResident(
      EngineState state, InstanceState instance, Decision<RowMutation> decision);

  /** The instance has ended and is in the store alone. */
  void decideStored(EngineState state, InstanceRow row, Decision<RowMutation> decision) {
    decideStored(row, decision);
  }

  /** As {@link #decideStored(EngineState, InstanceRow, Decision)}, for those that ask no more. */
  abstract void decideStored(InstanceRow row, Decision<RowMutation> decision);

  /** There is no such instance. */
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    decision.refuse(
        refusal(
            CommandRefusedException.Reason.UNKNOWN_INSTANCE,
            "there is no instance with this id; start it first, id=" + id));
  }

  abstract void decidedResident(
      EngineState state, InstanceState instance, Decision<RowMutation> decision);

  /** What was decided about an instance that is not in memory stands. */
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {}

  static CommandRefusedException refusal(CommandRefusedException.Reason reason, String message) {
    return new CommandRefusedException(reason, message);
  }

  /** Who hears what became of a client's command. Called by pipeline threads; hands over. */
  public interface Reply {

    /** It is durable as asked; its {@link ClientCommand#view} is set. */
    void done(ClientCommand command);

    /** It was refused, or the pipeline failed or closed. */
    void failed(ClientCommand command, RuntimeException cause);
  }
}
