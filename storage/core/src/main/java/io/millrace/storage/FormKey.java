package io.millrace.storage;

/**
 * What folding needs to know of one mutation, without the mutation: what it does, and to which row.
 * Reused from call to call; one thread.
 */
public final class FormKey {

  private Mutation.Kind kind = Mutation.Kind.UPDATE;
  private int group;
  private long number;
  private long sub;

  /** Makes one that is yet to be {@link #set}. */
  public FormKey() {}

  /**
   * Replaces the content. Two mutations change the same row exactly if their {@code group}, {@code
   * number} and {@code sub} are equal.
   *
   * @param group which table, from 0 to {@link Short#MAX_VALUE}
   */
  public void set(Mutation.Kind kind, int group, long number, long sub) {
    this.kind = kind;
    this.group = group;
    this.number = number;
    this.sub = sub;
  }

  /** Returns what the mutation does; for a range delete nothing else here means anything. */
  public Mutation.Kind kind() {
    return kind;
  }

  /** Returns the table. */
  public int group() {
    return group;
  }

  /** Returns the first part of the key in its table. */
  public long number() {
    return number;
  }

  /** Returns the second part of the key in its table. */
  public long sub() {
    return sub;
  }
}
