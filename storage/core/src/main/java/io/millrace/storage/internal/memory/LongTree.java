package io.millrace.storage.internal.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A B+ tree from longs to values, in order. A tree that was {@linkplain #share() shared} stays as
 * it was, if all later changes to the other are made in a higher edition.
 *
 * <p>Keys mostly come in rising order and go in the order they came: a full node at the right end
 * is left full, and a node goes when it is empty; nodes are never merged.
 *
 * <p>Not thread-safe; a shared tree that nobody changes may be read by any thread.
 *
 * @param <V> the values
 */
final class LongTree<V> {

  private static final int NODE_SIZE_MAX = 32;
  private static final int NODE_SIZE_FIRST = 4;

  private @Nullable Node root;
  private int size;

  /** What the change under way replaced or removed. */
  private @Nullable Object displaced;

  /**
   * Sees keys and values in turn.
   *
   * @param <V> the values
   */
  @FunctionalInterface
  interface Visitor<V> {

    /** Returns whether to go on. */
    boolean visit(long key, V value);
  }

  /** Returns a tree of the same content; the nodes are the same ones. */
  LongTree<V> share() {
    LongTree<V> shared = new LongTree<>();
    shared.root = root;
    shared.size = size;
    return shared;
  }

  int size() {
    return size;
  }

  @Nullable V get(long key) {
    Node node = root;
    if (node == null) {
      return null;
    }
    while (!node.leaf) {
      node = node.child(node.childOf(key));
    }
    int at = node.find(key);
    return at < 0 ? null : value(node.slots[at]);
  }

  /** Sets a key's value; returns the one it had, or null. */
  @Nullable V put(long key, V value, long edition) {
    displaced = null;
    Node top = root == null ? new Node(true, edition) : root.own(edition);
    Node right = put(top, key, value, edition);
    root = right == null ? top : Node.over(top, right, edition);
    if (displaced == null) {
      size++;
    }
    return takeDisplaced();
  }

  private @Nullable Node put(Node node, long key, Object value, long edition) {
    if (node.leaf) {
      int at = node.find(key);
      if (at < 0) {
        return node.insert(-at - 1, key, value);
      }
      displaced = node.slots[at];
      node.slots[at] = value;
      return null;
    }
    int at = node.childOf(key);
    Node child = node.child(at).own(edition);
    node.slots[at] = child;
    Node right = put(child, key, value, edition);
    return right == null ? null : node.insert(at + 1, right.keys[0], right);
  }

  /** Removes a key; returns the value it had, or null. */
  @Nullable V remove(long key, long edition) {
    Node top = root;
    if (top == null || get(key) == null) {
      return null; // so that a miss copies no node
    }
    top = top.own(edition);
    remove(top, key, edition);
    size--;
    while (!top.leaf && top.size == 1) {
      top = top.child(0);
    }
    root = top.size == 0 ? null : top;
    return takeDisplaced();
  }

  private void remove(Node node, long key, long edition) {
    if (node.leaf) {
      int at = node.find(key);
      displaced = node.slots[at];
      node.delete(at);
      return;
    }
    int at = node.childOf(key);
    Node child = node.child(at).own(edition);
    node.slots[at] = child;
    remove(child, key, edition);
    if (child.size == 0) {
      node.delete(at);
    }
  }

  /** Visits all keys from {@code from} on, rising, until the visitor has had enough. */
  void ascend(long from, Visitor<V> visitor) {
    if (root != null) {
      ascend(root, from, visitor);
    }
  }

  private boolean ascend(Node node, long from, Visitor<V> visitor) {
    for (int i = node.leaf ? node.ceiling(from) : node.childOf(from); i < node.size; i++) {
      boolean more =
          node.leaf
              ? visitor.visit(node.keys[i], value(node.slots[i]))
              : ascend(node.child(i), from, visitor);
      if (!more) {
        return false;
      }
    }
    return true;
  }

  /** Visits all keys below {@code before}, falling, until the visitor has had enough. */
  void descend(long before, Visitor<V> visitor) {
    if (root != null) {
      descend(root, before, visitor);
    }
  }

  private boolean descend(Node node, long before, Visitor<V> visitor) {
    for (int i = node.leaf ? node.ceiling(before) - 1 : node.childOf(before); i >= 0; i--) {
      boolean more =
          node.leaf
              ? visitor.visit(node.keys[i], value(node.slots[i]))
              : descend(node.child(i), before, visitor);
      if (!more) {
        return false;
      }
    }
    return true;
  }

  private @Nullable V takeDisplaced() {
    Object taken = displaced;
    displaced = null;
    return taken == null ? null : value(taken);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // below its size a leaf holds what put was given
  private V value(@Nullable Object slot) {
    return (V) slot;
  }

  /**
   * A leaf holds keys and their values. Any other node holds children, each with a key that is at
   * or below all of the child's own and above all of the child before; that of the first child is
   * never looked at.
   */
  private static final class Node {
    final boolean leaf;
    final long edition;
    long[] keys;
    @Nullable Object[] slots;
    int size;

    Node(boolean leaf, long edition) {
      this(leaf, edition, new long[NODE_SIZE_FIRST], new Object[NODE_SIZE_FIRST], 0);
    }

    private Node(boolean leaf, long edition, long[] keys, @Nullable Object[] slots, int size) {
      this.leaf = leaf;
      this.edition = edition;
      this.keys = keys;
      this.slots = slots;
      this.size = size;
    }

    static Node over(Node left, Node right, long edition) {
      Node node = new Node(false, edition);
      node.insert(0, left.keys[0], left);
      node.insert(1, right.keys[0], right);
      return node;
    }

    /** Returns this node if it may be changed in an edition, else a copy that may. */
    Node own(long wanted) {
      return edition == wanted ? this : new Node(leaf, wanted, keys.clone(), slots.clone(), size);
    }

    int find(long key) {
      return Arrays.binarySearch(keys, 0, size, key);
    }

    /** Returns the place of the first key at or above one. */
    int ceiling(long key) {
      int at = find(key);
      return at < 0 ? -at - 1 : at;
    }

    int childOf(long key) {
      int at = Arrays.binarySearch(keys, 1, size, key);
      return at < 0 ? -at - 2 : at;
    }

    Node child(int at) {
      Node child = (Node) slots[at];
      assert child != null;
      return child;
    }

    /** Makes room at a place; returns the new node on the right if this one had to be split. */
    @Nullable Node insert(int at, long key, Object slot) {
      if (size < NODE_SIZE_MAX) {
        place(at, key, slot);
        return null;
      }
      int from = at == size ? size : size / 2;
      int moved = size - from;
      int capacity = Math.max(NODE_SIZE_FIRST, moved);
      Node right = new Node(leaf, edition, new long[capacity], new Object[capacity], moved);
      System.arraycopy(keys, from, right.keys, 0, moved);
      System.arraycopy(slots, from, right.slots, 0, moved);
      Arrays.fill(slots, from, size, null);
      size = from;
      if (at > from || moved == 0) {
        right.place(at - from, key, slot);
      } else {
        place(at, key, slot);
      }
      return right;
    }

    private void place(int at, long key, Object slot) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        slots = Arrays.copyOf(slots, size * 2);
      }
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(slots, at, slots, at + 1, size - at);
      keys[at] = key;
      slots[at] = slot;
      size++;
    }

    void delete(int at) {
      size--;
      System.arraycopy(keys, at + 1, keys, at, size - at);
      System.arraycopy(slots, at + 1, slots, at, size - at);
      slots[size] = null;
    }
  }
}
