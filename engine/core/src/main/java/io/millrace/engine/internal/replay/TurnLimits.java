package io.millrace.engine.internal.replay;

/**
 * What one turn may do at most.
 *
 * @param actionsMax how many actions it may ask for
 * @param compensationActionsMax how many actions the code may ask for after a request to stop, over
 *     all turns
 * @param idCharsMax how long a child's id may be, in characters
 */
public record TurnLimits(int actionsMax, int compensationActionsMax, int idCharsMax) {

  /** Far more than a record of the journal takes, so that a loop without an await ends. */
  public static final TurnLimits DEFAULT = new TurnLimits(200_000, 1_000, 256);

  /** Checks the range. */
  public TurnLimits {
    if (actionsMax < 1 || compensationActionsMax < 0 || idCharsMax < 1) {
      throw new IllegalArgumentException(
          "expected at least 1, 0 and 1, actionsMax="
              + actionsMax
              + " compensationActionsMax="
              + compensationActionsMax
              + " idCharsMax="
              + idCharsMax);
    }
  }
}
