package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.storage.orchestration.RowMutation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.HdrHistogram.Histogram;

/**
 * The whole pipeline without an engine, fed with the commands that an engine wrote: ring, framed
 * and forced journal, batches of rows in SQLite. What an engine costs on top is what it is measured
 * against.
 */
public final class BarePipeline implements AutoCloseable {

  private final Trace trace;
  private final BufferCandidate.Open buffer;
  // written by: the thread that measures
  private long sent;
  private boolean prefaced;

  /**
   * Opens one.
   *
   * @param folder an empty folder of its own
   * @param trace what it is fed with, again and again, each time as other instances
   */
  public BarePipeline(Path folder, Durability durability, Trace trace) {
    this.trace = trace;
    buffer = new BufferCandidate(false).open(folder, durability);
  }

  /**
   * What it did.
   *
   * @param perSecond instances a second, the last one's end included
   * @param latencies nanoseconds from an instance's first command to the acknowledgement of its
   *     last
   * @param forcesPerCommand how often the journal was forced for each command
   */
  public record Result(double perSecond, Histogram latencies, double forcesPerCommand) {}

  /**
   * Sends instances for a while, and waits until all are acknowledged.
   *
   * @param speculates whether turns follow their cause at once; see {@link TraceDriver}
   */
  public Result measure(int inFlight, boolean speculates, Duration howLong) throws Exception {
    if (!prefaced) {
      prefaced = true;
      if (!trace.preface().isEmpty()) {
        var unused = TraceDriver.run(List.of(trace.preface()).iterator(), 1, false, buffer::keep);
      }
    }
    PipelineStatistics before = buffer.statistics();
    long first = sent;
    long begun = System.nanoTime();
    Histogram latencies =
        TraceDriver.run(
            new Instances(begun + howLong.toNanos()), inFlight, speculates, buffer::keep);
    double seconds = (System.nanoTime() - begun) / 1e9;
    PipelineStatistics after = buffer.statistics();
    return new Result(
        (sent - first) / seconds,
        latencies,
        (double) (after.journalForces() - before.journalForces())
            / Math.max(1, after.commands() - before.commands()));
  }

  @Override
  public void close() {
    buffer.close();
  }

  /** New instances until a time. */
  private final class Instances implements Iterator<List<List<RowMutation>>> {
    private final long end;

    Instances(long end) {
      this.end = end;
    }

    @Override
    public boolean hasNext() {
      return System.nanoTime() - end < 0;
    }

    @Override
    public List<List<RowMutation>> next() {
      if (trace.instances().isEmpty()) {
        throw new NoSuchElementException("a trace without instances");
      }
      int count = trace.instances().size();
      Renumbering renumbering = new Renumbering(sent / count);
      List<List<RowMutation>> commands = trace.instances().get((int) (sent % count));
      sent++;
      return commands.stream().map(renumbering::of).toList();
    }
  }
}
