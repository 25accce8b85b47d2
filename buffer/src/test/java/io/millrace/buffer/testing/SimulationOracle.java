package io.millrace.buffer.testing;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Durability;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows what was decided, what was promised, and what left the process, and says after each crash
 * whether the promises were kept. One thread.
 */
public final class SimulationOracle implements Decider<List<Entry>, Entry> {

  /** A promise was broken. */
  public static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }

    Violation(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What the decider says no with. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }

  private final List<List<Entry>> records = new ArrayList<>();
  private final Map<Durability, Long> promised = new EnumMap<>(Durability.class);
  private long escaped;
  private long effectsThisLife;
  private long lastEffect;
  private boolean faultsAllowed;
  private @Nullable Violation noted;
  int acknowledged;
  int failed;

  @Override
  public void decide(List<Entry> entries, Decision<Entry> decision) {
    if (entries.size() == 1 && entries.get(0).value() == Long.MIN_VALUE) {
      decision.refuse(new Refusal("refuse me"));
      return;
    }
    entries.forEach(decision::mutate);
  }

  @Override
  public void decided(List<Entry> entries, Decision<Entry> decision) {
    if (!decision.mutations().isEmpty()) {
      records.add(List.copyOf(entries));
    }
    if (decision.position() != records.size()) {
      throw new Violation(
          "expected dense positions, position=" + decision.position() + " of=" + records.size());
    }
    long position = decision.position();
    long number = ++effectsThisLife;
    decision.whenDurable(
        () -> {
          if (number != lastEffect + 1) {
            throw new Violation("effects out of order: " + lastEffect + " then " + number);
          }
          lastEffect = number;
          escaped = Math.max(escaped, position);
        });
  }

  @Override
  public void decideTooLarge(
      List<Entry> entries, long bytes, long limit, Decision<Entry> decision) {
    decision.refuse(new Refusal("too large"));
  }

  /** Returns what hears about one command, and checks that it does so once. */
  Acknowledgement expect(Durability level) {
    return new Acknowledgement() {
      private boolean heard;

      private void once() {
        if (heard) {
          note(new Violation("told twice"));
        }
        heard = true;
      }

      @Override
      public void acknowledged(long position) {
        once();
        acknowledged++;
        promised.merge(level, position, Math::max);
      }

      @Override
      public void failed(RuntimeException cause) {
        once();
        failed++;
        boolean refused = cause instanceof Refusal;
        if (!refused && !faultsAllowed) {
          note(new Violation("a command failed for no reason", cause));
        }
      }
    };
  }

  /** What a pipeline tells is told on its own threads, which outlive what is thrown at them. */
  private void note(Violation violation) {
    if (noted == null) {
      noted = violation;
    }
  }

  /** Throws what was noted since the last call. */
  void throwNoted() {
    Violation violation = noted;
    noted = null;
    if (violation != null) {
      throw violation;
    }
  }

  /** Says whether commands may fail because a disk does. */
  void allowFaults(boolean allowed) {
    faultsAllowed = allowed;
  }

  /** Returns how many commands were told that they are durable. */
  public int acknowledged() {
    return acknowledged;
  }

  long decidedRecords() {
    return records.size();
  }

  /** Checks rows against the first so many records. */
  void checkRows(Map<Long, Long> rows, long through) {
    Map<Long, Long> expected = fold(records.subList(0, Math.toIntExact(through)));
    if (!expected.equals(rows)) {
      throw new Violation("expected rows " + expected + " but found " + rows);
    }
  }

  /**
   * Checks what a life found after the one before it crashed, and goes on from there.
   *
   * @param survived what the crash could not take: APPENDED for a kill, SYNCED for a power cut
   * @param level the level at which effects leave
   * @param position where the journal ends now
   */
  void checkAfterCrash(Durability survived, Durability level, long position, Map<Long, Long> rows) {
    promised.forEach(
        (asked, upTo) -> {
          if (asked.implies(survived) && upTo > position) {
            throw new Violation(
                "acknowledged and lost, level="
                    + asked
                    + " promised="
                    + upTo
                    + " kept="
                    + position);
          }
        });
    if (level.implies(survived) && escaped > position) {
      throw new Violation(
          "left the process and lost, level=" + level + " left=" + escaped + " kept=" + position);
    }
    if (position > records.size()) {
      throw new Violation("more than was decided, kept=" + position + " of=" + records.size());
    }
    while (records.size() > position) {
      records.remove(records.size() - 1);
    }
    checkRows(rows);
    promised.clear();
    escaped = 0;
    effectsThisLife = 0;
    lastEffect = 0;
  }

  /** Checks rows against all records. */
  void checkRows(Map<Long, Long> rows) {
    Map<Long, Long> expected = fold(records);
    if (!expected.equals(rows)) {
      throw new Violation("expected rows " + expected + " but found " + rows);
    }
  }

  static Map<Long, Long> fold(List<List<Entry>> records) {
    Map<Long, Long> rows = new TreeMap<>();
    for (List<Entry> record : records) {
      for (Entry entry : record) {
        switch (entry.kind()) {
          case INSERT, UPDATE -> rows.put(entry.number(), entry.value());
          case DELETE -> rows.remove(entry.number());
          case DELETE_RANGE -> rows.keySet().removeIf(entry::covers);
        }
      }
    }
    return rows;
  }
}
