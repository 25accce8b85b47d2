package io.millrace.jmh.ladder;

import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends the commands of instances: so many instances at a time, each command of an instance once
 * the one before it was acknowledged. One thread sends; any thread may acknowledge.
 */
public final class TraceDriver {

  /** What a keeper is given with a command that another follows unasked. */
  static final Runnable NOBODY_WAITS = () -> {};

  private static final long PATIENCE_SECONDS = 120;

  private final LinkedBlockingQueue<Running> ready = new LinkedBlockingQueue<>();
  private final List<Running> taken = new ArrayList<>();
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
  private final Keeper keeper;
  private final boolean speculates;

  private TraceDriver(Keeper keeper, boolean speculates) {
    this.keeper = keeper;
    this.speculates = speculates;
  }

  /** Takes commands. */
  @FunctionalInterface
  public interface Keeper {

    /**
     * Keeps a command; blocks while there is no room.
     *
     * @param acknowledged to be called once it is kept, by any thread
     */
    void keep(List<RowMutation> command, Runnable acknowledged) throws Exception;
  }

  /** An instance under way. */
  private final class Running implements Runnable {
    private final List<List<RowMutation>> commands;
    private final long begun = System.nanoTime();
    // written by: the sending thread
    private int next;

    Running(List<List<RowMutation>> commands) {
      this.commands = commands;
    }

    @Override
    public void run() {
      ready.add(this);
    }
  }

  /** Runs a trace; returns latencies in nanoseconds once all commands are acknowledged. */
  public static Histogram run(Trace trace, int inFlight, Keeper keeper) throws Exception {
    return run(trace, inFlight, false, keeper);
  }

  /** As {@link #run(Iterator, int, boolean, Keeper)}, for a trace. */
  static Histogram run(Trace trace, int inFlight, boolean speculates, Keeper keeper)
      throws Exception {
    List<List<List<RowMutation>>> all = new ArrayList<>();
    if (!trace.preface().isEmpty()) {
      all.add(trace.preface());
    }
    all.addAll(trace.instances());
    return run(all.iterator(), inFlight, speculates, keeper);
  }

  /**
   * Runs instances until there are no more; returns latencies in nanoseconds once all commands are
   * acknowledged.
   *
   * @param speculates whether a turn follows its cause at once, as it may in an engine: it is pure
   *     computation, and the journal keeps the order. What a turn asks for waits all the same.
   */
  static Histogram run(
      Iterator<List<List<RowMutation>>> instances, int inFlight, boolean speculates, Keeper keeper)
      throws Exception {
    return new TraceDriver(keeper, speculates).drive(instances, inFlight);
  }

  private Histogram drive(Iterator<List<List<RowMutation>>> instances, int inFlight)
      throws Exception {
    int left = 0;
    boolean more = true;
    while (left > 0 || more) {
      while (left < inFlight && (more = instances.hasNext())) {
        send(new Running(instances.next()));
        left++;
      }
      if (left > 0) {
        left -= goOn(left);
      }
    }
    return latencies;
  }

  /** Waits, and sends what is next of those that were acknowledged; returns how many ended. */
  private int goOn(int left) throws Exception {
    Running first = ready.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (first == null) {
      throw new IllegalStateException(
          "expected an acknowledgement within seconds=" + PATIENCE_SECONDS + ", left=" + left);
    }
    taken.add(first);
    ready.drainTo(taken);
    int ended = 0;
    for (int i = 0; i < taken.size(); i++) {
      Running running = taken.get(i);
      if (running.next < running.commands.size()) {
        send(running);
      } else {
        latencies.recordValue(System.nanoTime() - running.begun);
        ended++;
      }
    }
    taken.clear();
    return ended;
  }

  private void send(Running running) throws Exception {
    List<List<RowMutation>> commands = running.commands;
    while (speculates
        && running.next + 1 < commands.size()
        && isTurn(commands.get(running.next + 1))) {
      keeper.keep(commands.get(running.next++), NOBODY_WAITS);
    }
    keeper.keep(commands.get(running.next++), running);
  }

  private static boolean isTurn(List<RowMutation> command) {
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i) instanceof RowMutation.Insert insert
          && insert.row() instanceof HistoryRow) {
        return true;
      }
    }
    return false;
  }
}
