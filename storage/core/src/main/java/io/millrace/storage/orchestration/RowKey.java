package io.millrace.storage.orchestration;

/**
 * The key of one row.
 *
 * @param table where it is
 * @param number the row's own number; for {@link Table#HISTORY}, {@link Table#ATTRIBUTES} and
 *     {@link Table#EXECUTIONS} its instance's, for {@link Table#TOMBSTONES} the root's
 * @param sub 0, but for {@link Table#HISTORY}: execution in the upper, turn in the lower 32 bits;
 *     and for {@link Table#EXECUTIONS}: the execution
 */
public record RowKey(Table table, long number, long sub) {

  /** Returns the key of a row that has a number of its own. */
  public static RowKey of(Table table, long number) {
    return new RowKey(table, number, 0);
  }
}
