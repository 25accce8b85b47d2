package io.millrace.cli;

import io.millrace.jmh.stress.StressProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes: a bar on a terminal; elsewhere a plain line every five seconds, without
 * control codes. Writes to standard error, so that standard output holds the report alone.
 */
final class ConsoleProgress implements StressProgress, AutoCloseable {

  private static final long PLAIN_LINE_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;

  // guarded by this: a phase begins on the run's thread, ticks come from another
  private @Nullable ProgressBar bar;
  private Phase phase = Phase.WARMUP;
  private long begunNanos;
  private long lastLineNanos;
  private double smoothed = -1;

  ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Makes one for this process's standard error. Whether that is a terminal only the launcher can
   * tell: {@code System.console()} stopped telling on JDK 22.
   */
  static ConsoleProgress ofStandardError() {
    return new ConsoleProgress(System.err, "1".equals(System.getenv("MILLRACE_TERMINAL")));
  }

  @Override
  public synchronized void phase(Phase next, Duration expected) {
    closeBar();
    phase = next;
    begunNanos = System.nanoTime();
    lastLineNanos = begunNanos;
    smoothed = -1;
    if (terminal && expected.toMillis() > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(label())
              .setInitialMax(expected.toMillis())
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .setUpdateIntervalMillis(200)
              .continuousUpdate()
              .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(out))
              .build();
    } else {
      out.println("millrace: " + label() + (expected.isZero() ? "" : " for " + text(expected)));
    }
  }

  @Override
  public synchronized void tick(long count, double perSecond) {
    long now = System.nanoTime();
    smoothed = smoothed < 0 ? perSecond : smoothed * 0.8 + perSecond * 0.2;
    String live = String.format(Locale.ROOT, "%,d done, %,.0f/s", count, smoothed);
    if (bar != null) {
      bar.stepTo((now - begunNanos) / 1_000_000);
      bar.setExtraMessage(" " + live);
    } else if (!terminal && now - lastLineNanos >= PLAIN_LINE_NANOS) {
      lastLineNanos = now;
      out.println("millrace: " + label() + ": " + live);
    }
  }

  /** Shows how much of a run of suites is done, in place of phases. */
  synchronized void share(double done, String what) {
    if (bar == null && terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("bench")
              .setInitialMax(1_000)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(out))
              .build();
    }
    if (bar != null) {
      bar.stepTo(Math.round(done * 1_000));
      bar.setExtraMessage(" " + what);
    } else if (lastLineNanos == 0 || System.nanoTime() - lastLineNanos >= PLAIN_LINE_NANOS) {
      lastLineNanos = System.nanoTime();
      out.println("millrace: " + what + ": " + Math.round(done * 100) + " %");
    }
  }

  @Override
  public synchronized void close() {
    closeBar();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private String label() {
    return switch (phase) {
      case WARMUP -> "warming up";
      case MEASURE -> "measuring";
      case DRAIN -> "draining";
      case VERIFY -> "reopening and checking";
    };
  }

  private static String text(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
