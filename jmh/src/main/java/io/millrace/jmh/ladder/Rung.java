package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.jmh.codec.JsonForm;
import io.millrace.jmh.codec.KryoForm;
import io.millrace.jmh.codec.RowForm;
import java.nio.file.Path;
import java.util.Set;

/** The rungs that are built of plain parts; each adds one thing to the one before. */
public enum Rung implements Candidate {
  /** JSON rows, forced commits, a transaction for each command. */
  JSON_FULL(Set.of(Durability.SYNCED)),
  /** The reference's tuning: commits that are not forced, a large cache, rarer checkpoints. */
  TUNED(Set.of(Durability.APPENDED)),
  /** Kryo for JSON. */
  KRYO(Set.of(Durability.APPENDED)),
  /** A blocking queue and one writer that commits what waits. */
  GROUP_COMMIT(Set.of(Durability.APPENDED, Durability.SYNCED)),
  /** A Chronicle journal, which acknowledges; rows follow behind it. */
  JOURNAL(Set.of(Durability.APPENDED, Durability.SYNCED)),
  /** A Disruptor ring for the blocking queue. */
  RING(Set.of(Durability.APPENDED, Durability.SYNCED)),
  /** Changes of one key are folded together before the store sees them. */
  COALESCING(Set.of(Durability.APPENDED, Durability.SYNCED));

  @SuppressWarnings("ImmutableEnumChecker") // an immutable set
  private final Set<Durability> durabilities;

  Rung(Set<Durability> durabilities) {
    this.durabilities = durabilities;
  }

  @Override
  public Set<Durability> durabilities() {
    return durabilities;
  }

  @Override
  public Opened open(Path folder, Durability durability) throws Exception {
    RowForm form = compareTo(KRYO) >= 0 ? new KryoForm() : new JsonForm();
    boolean full = durability == Durability.SYNCED && compareTo(JOURNAL) < 0;
    PlainRows rows = new PlainRows(folder, form, full, this != JSON_FULL);
    return new OpenRung(this, durability, folder, rows);
  }
}
