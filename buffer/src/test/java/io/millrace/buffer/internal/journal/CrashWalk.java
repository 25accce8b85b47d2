package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.testing.DiskFaults;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.buffer.testing.PlantedBug;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random walk over a journal beside a store that is only three positions: appends, forces, marks,
 * flushes, checkpoints, trims, failing disks, kills, power cuts, also while opening. After each
 * opening the oracle asks: is every record there that was acknowledged at the level the crash
 * covers; is each the one that was written; does the pair still open?
 */
final class CrashWalk {

  private final Random random;
  private final PlantedBug.Kind bug;
  private final boolean trimsTooEarly;
  private ForgetfulSegments disk;
  private PlantedBug storage;
  private Journal journal;

  /** What stands at each position, as written last; position 1 is at index 0. */
  private final List<byte[]> written = new ArrayList<>();

  /** What was acknowledged as appended, and as synced. */
  private long appended;

  private long synced;

  private RecordId applied = RecordId.NONE;
  private RecordId durable = RecordId.NONE;
  private @Nullable JournalTail tail;

  int crashes;
  long copied;
  long cut;
  int refusedWrites;

  CrashWalk(long seed, PlantedBug.Kind bug, boolean trimsTooEarly) throws IOException {
    this.random = new Random(seed);
    this.bug = bug;
    this.trimsTooEarly = trimsTooEarly;
    this.disk = new ForgetfulSegments(2048 + random.nextInt(3) * 1500, 512, seed);
    this.storage = plant();
    this.journal = openJournal();
  }

  void walk(int steps) throws Exception {
    for (int step = 0; step < steps; step++) {
      try {
        step();
      } catch (JournalFailedException e) {
        refusedWrites++;
        requireRefusedForEver();
        crash();
      }
    }
    crash();
  }

  private void step() throws Exception {
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> append();
      case 8, 9, 10 -> {
        journal.writer().write();
        appended = written.size();
      }
      case 11, 12, 13, 14 -> {
        journal.writer().force();
        appended = written.size();
        synced = appended;
      }
      case 15 -> {
        journal.writer().mark();
        appended = written.size();
      }
      case 16, 17, 18 -> flush();
      case 19 -> durable = applied;
      case 20 ->
          journal.retention().deleteUpTo(trimsTooEarly ? applied.position() : durable.position());
      case 21 -> {
        if (random.nextInt(3) == 0) {
          disk.faults()
              .failNth(
                  1 + random.nextInt(6),
                  random.nextBoolean() ? DiskFaults.Extent.ONCE : DiskFaults.Extent.FROM_THEN_ON);
        }
      }
      case 22 -> {
        if (random.nextInt(3) == 0) {
          journal.writer().seal();
          appended = written.size();
          synced = appended;
          crash();
        }
      }
      default -> {
        if (random.nextInt(2) == 0) {
          crash();
        }
      }
    }
  }

  private void append() throws JournalFailedException {
    for (int count = random.nextInt(6); count >= 0; count--) {
      byte[] body = new byte[random.nextInt(20) == 0 ? 1 + random.nextInt(1400) : 30];
      random.nextBytes(body);
      // Noted first: what a failed call has left in the file is unknown, and may be all of it.
      written.add(body);
      journal.writer().append(written.size(), body, 0, body.length);
    }
  }

  private void flush() throws JournalFailedException, IOException {
    if (tail == null) {
      tail = journal.tail(applied);
    }
    long limit = applied.position() + random.nextInt(20);
    while (tail.next(Math.min(limit, journal.writer().synced()))) {
      require(tail.position() <= journal.writer().synced(), "read beyond the synced position");
      requireWritten(tail);
    }
    applied = tail.id();
  }

  private void crash() throws Exception {
    closeTail();
    boolean opened = false;
    while (!opened) {
      crashes++;
      boolean power = random.nextInt(3) > 0;
      disk = power ? disk.powerCut(random) : disk.killProcess();
      storage = plant();
      if (power && random.nextBoolean()) {
        // A commit under NORMAL may step back to what was checkpointed.
        applied = durable;
      }
      if (random.nextInt(4) == 0) {
        disk.faults().failNth(1 + random.nextInt(12), DiskFaults.Extent.ONCE);
      }
      long covered = power ? synced : Math.max(appended, synced);
      try {
        journal = openJournal();
        opened = true;
      } catch (BufferOpenException e) {
        require(e.reason() == BufferOpenException.Reason.IO, "refused to open: " + e);
        require(disk.faults().failures() > 0, "an I/O error without a fault: " + e);
      }
      if (!opened) {
        appended = covered;
        continue;
      }
      disk.faults().heal();
      checkWhatIsThere(covered);
    }
  }

  private void checkWhatIsThere(long covered) throws JournalFailedException, IOException {
    long last = journal.report().last().position();
    copied += journal.report().copiedRecords();
    cut += written.size() - last;
    require(last >= covered, "lost: acknowledged=" + covered + " found=" + last);
    require(last <= written.size(), "found more than was ever written, last=" + last);
    while (written.size() > last) {
      written.remove(written.size() - 1);
    }
    appended = last;
    synced = last;
    try (JournalTail all = journal.tail(applied)) {
      while (all.next(last)) {
        requireWritten(all);
      }
      require(all.position() == last, "the tail ends early");
    }
  }

  private PlantedBug plant() {
    if (bug == PlantedBug.Kind.FORGET_FOLDER_ENTRIES) {
      disk.forgetFolderEntries();
    }
    return new PlantedBug(disk, bug);
  }

  private Journal openJournal() {
    long nonce = random.nextLong();
    JournalSetup setup = new JournalSetup(storage, JournalScript.STORE, () -> nonce, 1400);
    Journal opened = Journal.open(setup, applied);
    storage.opened();
    return opened;
  }

  private void requireWritten(JournalTail record) {
    byte[] expected = written.get((int) record.position() - 1);
    require(
        Arrays.equals(
            record.bytes(),
            record.offset(),
            record.offset() + record.length(),
            expected,
            0,
            expected.length),
        "wrong bytes at position " + record.position());
  }

  private void requireRefusedForEver() {
    long before = disk.faults().failures();
    if (before == 0) {
      throw new AssertionError("failed without a fault");
    }
    disk.faults().heal();
    try {
      if (journal.retention().segments() >= 0 && writerFailed()) {
        journal.writer().force();
        throw new AssertionError("a failed journal went on");
      }
    } catch (JournalFailedException e) {
      require(e.getCause() != null, "the first cause is missing");
    }
  }

  /** A failed read or delete does not fail the writer. */
  private boolean writerFailed() {
    try {
      journal.writer().write();
      return false;
    } catch (JournalFailedException e) {
      return true;
    }
  }

  private void closeTail() throws IOException {
    if (tail != null) {
      tail.close();
      tail = null;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
