package io.millrace.storage.orchestration;

/**
 * Says that a tree of instances is deleted. While it is there, readers and views hide every row of
 * every instance whose root it names (rule R20); it goes together with the last of them.
 *
 * @param root the number of the tree's root
 * @param id the root's id; it may be used again at once
 * @param deletedAtMillis Unix time
 */
public record TombstoneRow(long root, String id, long deletedAtMillis) implements Row {

  @Override
  public RowKey key() {
    return RowKey.of(Table.TOMBSTONES, root);
  }
}
