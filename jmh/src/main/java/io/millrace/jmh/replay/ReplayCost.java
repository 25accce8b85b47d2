package io.millrace.jmh.replay;

import com.sun.management.ThreadMXBean;
import io.millrace.engine.Activity;
import io.millrace.engine.Orchestration;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.ReadValues;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.runtime.PayloadValues;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one replay costs by itself, on one thread, without pipeline and store: code that has awaited
 * so many activities, one after the other, in time and in bytes allocated, with what was read kept
 * and without.
 */
final class ReplayCost {

  private static final long TIME = 1_767_225_600_000L;
  private static final int[] LENGTHS = {50, 500, 5_000};
  private static final int AWAITS_A_ROUND = 5_000_000;

  private static final Orchestration<Integer, Long> STEPS =
      Orchestration.named("steps", Integer.class, Long.class);
  private static final Activity<Integer, Integer> STEP =
      Activity.named("step", Integer.class, Integer.class);

  private final Payloads payloads = Payloads.kryo(new PayloadTypes(List.of()));
  private final Replayer replayer =
      new Replayer(new PayloadValues(payloads), TurnLimits.DEFAULT, System.out::println);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ReplayCost() {}

  /**
   * Measures.
   *
   * @param arguments how many rounds; the first of them warm up and are printed all the same
   */
  public static void main(String[] arguments) {
    ReplayCost cost = new ReplayCost();
    for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
      for (int length : LENGTHS) {
        cost.measure(round, length, null);
        cost.measure(round, length, new ReadValues(2 * length));
      }
    }
  }

  private void measure(int round, int length, @Nullable ReadValues read) {
    Turn turn = turn(length, read);
    int runs = AWAITS_A_ROUND / length;
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long nanos = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < runs; i++) {
      if (!(replayer.run(turn) instanceof TurnOutcome.Waiting waiting)
          || waiting.actions().size() != 1) {
        throw new IllegalStateException("expected one more step");
      }
    }
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    System.out.printf(
        Locale.ROOT,
        "round=%d awaits=%d kept=%s  %.1f us a replay, %.1f ns and %.0f bytes an await%n",
        round,
        length,
        read != null,
        nanos / 1e3 / runs,
        (double) nanos / runs / length,
        (double) bytes / runs / length);
  }

  /** A turn whose code has so many awaits behind it. */
  private Turn turn(int length, @Nullable ReadValues read) {
    List<HistoryRow> history = new ArrayList<>(length);
    HistoryEvent.Message message =
        new HistoryEvent.Started(payload(Integer.MAX_VALUE), List.of(), java.util.Map.of());
    for (int i = 0; i < length; i++) {
      HistoryEvent asked = new HistoryEvent.ActivityScheduled("step", "", payload(i));
      history.add(new HistoryRow(7, 1, i + 1, 2 * i, TIME + i, List.of(message, asked)));
      message = new HistoryEvent.ActivityCompleted(2 * i + 1, payload(1_000 + i));
    }
    return new Turn(
        new OrchestrationCode<>(STEPS, ReplayCost::steps),
        "scene",
        7,
        1,
        List.copyOf(history),
        List.of(message),
        TIME + length,
        read);
  }

  private static long steps(io.millrace.engine.OrchestrationContext context, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += context.call(STEP, i).await();
    }
    return sum;
  }

  private Payload payload(int value) {
    return payloads.encode(value, TypeRef.of(Integer.class));
  }
}
