package io.millrace.engine;

/** The engine understood a command and will not do it. Nothing changed. */
public final class CommandRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * Made by the engine.
   *
   * @param reason the kind of refusal
   * @param message what was asked, what stands against it, what to do
   */
  public CommandRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the kind of refusal. */
  public Reason reason() {
    return reason;
  }

  /** Why a command is refused. */
  public enum Reason {
    /** There is no instance with that id. */
    UNKNOWN_INSTANCE,
    /** There is no schedule with that id. */
    UNKNOWN_SCHEDULE,
    /** The id is taken by a schedule that does something else. */
    SCHEDULE_EXISTS,
    /** The id is taken. */
    INSTANCE_EXISTS,
    /** The id is taken by an instance of another orchestration. */
    OTHER_ORCHESTRATION,
    /** The instance is set aside. */
    QUARANTINED,
    /** The instance is not set aside, or cannot be released. */
    NOT_QUARANTINED,
    /** The request id stands for another request. */
    OTHER_REQUEST,
    /** The instance does not stand as that asks, or never did; the message says how. */
    NOT_POSSIBLE,
    /** The instance has ended. */
    INSTANCE_FINISHED,
    /** The instance cannot be deleted as it stands. */
    NOT_DELETABLE,
    /** No code is registered under that name and version. */
    NOT_REGISTERED,
    /** A named limit would be passed. */
    LIMIT
  }
}
