package io.millrace.engine.internal.runtime;

import io.millrace.buffer.CommandPipeline;
import io.millrace.engine.internal.decide.Command;
import io.millrace.engine.internal.decide.SweepTree;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.TombstoneRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the rows of deleted trees out of the store (rule R20).
 *
 * <pre>
 *   store's view: tombstones, and what carries their roots
 *        | a window of it, as SweepTree commands
 *        v
 *   ring -> decide -> journal -> store; once it is applied, the next window
 * </pre>
 *
 * <p>The store shows a tombstone only when it has applied it, and nothing is added to a tree after
 * its tombstone: so a view that shows one shows all there is to sweep. What a crash leaves is found
 * again at the next opening. The flusher is never hurried for it. One thread; it has time.
 */
final class Sweeper {

  private static final Logger LOG = LoggerFactory.getLogger("io.millrace.engine");

  private static final int ROOTS_MAX = 64;
  private static final int INSTANCES_MAX = 256;
  private static final int COMMANDS_MAX = 64;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long APPLIED_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int PER_COMMAND = 64;

  private final FaultLog faults = new FaultLog();
  private final OrchestrationStore store;
  private final TimeSource time;
  private final CommandPort port;
  private final EngineThread thread;

  /** A view of the store from here on shows every deletion that was heard of. */
  private final AtomicLong lookThrough = new AtomicLong();

  // written by: the sweeper
  private long seenThrough;

  // written by: the thread that opens the engine, before the sweeper starts
  private @Nullable Retainer retainer;

  // written by: the thread that closes the engine
  private volatile boolean stopped;

  Sweeper(Object owner, OrchestrationStore store, TimeSource time, CommandPort port) {
    this.store = store;
    this.time = time;
    this.port = port;
    this.thread = new EngineThread(owner, EngineThread.Role.SWEEPER, "millrace-sweep", this::run);
  }

  /** Has this thread see to it what is kept. Before {@link #start}. */
  void retain(Retainer what) {
    retainer = what;
  }

  void start() {
    thread.start();
  }

  /** A tree was deleted, durably. Any thread; never blocks. */
  void buried() {
    lookThrough.accumulateAndGet(port.pipeline().progress().decided(), Math::max);
    LockSupport.unpark(thread);
  }

  /** Has it look around. Any thread; never blocks. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    Retainer retaining = Objects.requireNonNull(retainer);
    retaining.begin(this::wake);
    while (!stopped) {
      try {
        retaining.run();
        if (!sweepWindow() && !stopped) {
          rest();
        }
      } catch (StoreException | RuntimeException e) {
        if (!stopped) {
          long times = faults.count(e);
          if (times > 0) {
            LOG.warn(
                "deleted instances are not swept just now; it is tried again, times={}", times, e);
          }
          LockSupport.parkNanos(this, TROUBLE_NANOS);
        }
      }
    }
  }

  /** Sleeps until there is something; a deletion that the store does not show yet is looked for. */
  private void rest() {
    if (seenThrough < lookThrough.get()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    } else {
      LockSupport.park(this);
    }
  }

  /** Sweeps some trees and waits until that is applied; tells whether there were any. */
  private boolean sweepWindow() throws StoreException {
    Window window = new Window(time.nowMillis());
    try (OrchestrationReader reader = store.read()) {
      seenThrough = reader.position();
      for (TombstoneRow tombstone : reader.tombstones()) {
        if (window.isFull()) {
          break;
        }
        window.add(reader, tombstone.root());
      }
    }
    if (window.commands.isEmpty()) {
      return false;
    }
    publish(window);
    return true;
  }

  private void publish(Window window) {
    CommandPipeline<Command> pipeline = port.pipeline();
    window.commands.forEach(port::publish);
    while (!isOver(pipeline) && !window.isDecided()) {
      LockSupport.parkNanos(this, APPLIED_LOOK_NANOS);
    }
    long end = pipeline.progress().decided();
    while (!isOver(pipeline) && pipeline.progress().applied() < end) {
      LockSupport.parkNanos(this, APPLIED_LOOK_NANOS);
    }
  }

  private boolean isOver(CommandPipeline<Command> pipeline) {
    return stopped || pipeline.failure().isPresent();
  }

  /** What is swept in one go. */
  private static final class Window {
    final List<Command> commands = new ArrayList<>();
    private final long atMillis;
    private final List<CountDownLatch> decided = new ArrayList<>();
    private int roots;
    private int instances;

    Window(long atMillis) {
      this.atMillis = atMillis;
    }

    boolean isFull() {
      return roots >= ROOTS_MAX || instances >= INSTANCES_MAX || commands.size() >= COMMANDS_MAX;
    }

    boolean isDecided() {
      return decided.stream().allMatch(each -> each.getCount() == 0);
    }

    /** Adds as much of a tree as there is room for, the instances that have nothing open left. */
    void add(OrchestrationReader reader, long root) throws StoreException {
      roots++;
      List<RowKey> rows = new ArrayList<>();
      List<Long> emptied = new ArrayList<>();
      long after = 0;
      List<Long> members = reader.ofRoot(root, after, PER_COMMAND);
      while (!members.isEmpty()) {
        for (long member : members) {
          int room = SweepTree.ROWS_MAX - rows.size() - emptied.size() - 1;
          List<RowKey> open = room <= 0 ? List.of() : reader.openKeys(member, room);
          rows.addAll(open);
          if (room <= 0 || open.size() == room || emptied.size() == PER_COMMAND) {
            command(root, rows, emptied, false);
            return; // The rest of the tree is found by the next look.
          }
          emptied.add(member);
          instances++;
          after = member;
        }
        members = reader.ofRoot(root, after, PER_COMMAND);
      }
      command(root, rows, emptied, true);
    }

    private void command(long root, List<RowKey> rows, List<Long> emptied, boolean last) {
      CountDownLatch done = new CountDownLatch(1);
      decided.add(done);
      commands.add(new SweepTree(atMillis, root, rows, emptied, last, done::countDown));
    }
  }
}
