package io.millrace.engine.internal.replay;

/**
 * What one turn may do at most.
 *
 * @param actionsMax how many actions it may ask for
 */
public record TurnLimits(int actionsMax) {

  /** Far more than a record of the journal takes, so that a loop without an await ends. */
  public static final TurnLimits DEFAULT = new TurnLimits(200_000);

  /** Checks the range. */
  public TurnLimits {
    if (actionsMax < 1) {
      throw new IllegalArgumentException("expected at least 1, actionsMax=" + actionsMax);
    }
  }
}
