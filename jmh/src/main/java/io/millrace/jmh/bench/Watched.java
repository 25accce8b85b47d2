package io.millrace.jmh.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Writes what JMH says into a log, and picks from it how far it is. */
final class Watched implements OutputFormat {

  private static final Pattern SHARE = Pattern.compile("Run progress: ([0-9.]+)%");

  private final OutputFormat log;
  private final PrintStream raw;
  private final DoubleConsumer share;

  Watched(OutputFormat log, PrintStream raw, DoubleConsumer share) {
    this.log = log;
    this.raw = raw;
    this.share = share;
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
    log.iteration(benchmark, params, iteration);
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
    log.iterationResult(benchmark, params, iteration, data);
  }

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {
    log.startBenchmark(benchmark);
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    log.endBenchmark(result);
  }

  @Override
  public void startRun() {
    log.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> result) {
    log.endRun(result);
  }

  @Override
  public void print(String text) {
    log.print(text);
  }

  @Override
  public void println(String text) {
    Matcher found = SHARE.matcher(text);
    if (found.find()) {
      share.accept(Double.parseDouble(found.group(1)) / 100);
    }
    log.println(text);
  }

  @Override
  public void flush() {
    log.flush();
  }

  @Override
  public void close() {
    raw.flush();
  }

  @Override
  public void verbosePrintln(String text) {
    log.verbosePrintln(text);
  }

  @Override
  public void write(int b) {
    raw.write(b);
  }

  @Override
  public void write(byte[] bytes) {
    raw.write(bytes, 0, bytes.length);
  }
}
