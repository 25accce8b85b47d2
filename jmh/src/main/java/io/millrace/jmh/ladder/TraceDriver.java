package io.millrace.jmh.ladder;

import io.millrace.storage.orchestration.RowMutation;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends the commands of a trace: so many instances at a time, each command of an instance once the
 * one before it was acknowledged. One thread sends; any thread may acknowledge.
 */
public final class TraceDriver {

  private static final long PATIENCE_SECONDS = 120;

  private final LinkedBlockingQueue<Running> ready = new LinkedBlockingQueue<>();
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);

  private TraceDriver() {}

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
    return new TraceDriver().drive(trace, inFlight, keeper);
  }

  private Histogram drive(Trace trace, int inFlight, Keeper keeper) throws Exception {
    int left = 0;
    if (!trace.preface().isEmpty()) {
      send(new Running(trace.preface()), keeper);
      left++;
    }
    int begun = 0;
    while (left > 0 || begun < trace.instances().size()) {
      while (begun < trace.instances().size() && left < inFlight) {
        send(new Running(trace.instances().get(begun++)), keeper);
        left++;
      }
      Running acknowledged = ready.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (acknowledged == null) {
        throw new IllegalStateException(
            "expected an acknowledgement within seconds=" + PATIENCE_SECONDS + ", left=" + left);
      }
      if (acknowledged.next < acknowledged.commands.size()) {
        send(acknowledged, keeper);
      } else {
        latencies.recordValue(System.nanoTime() - acknowledged.begun);
        left--;
      }
    }
    return latencies;
  }

  private static void send(Running running, Keeper keeper) throws Exception {
    keeper.keep(running.commands.get(running.next++), running);
  }
}
