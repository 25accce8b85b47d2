package io.millrace.jmh.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Writes what JMH says into a log, and picks from it how far it is, and what failed. */
final class Watched implements OutputFormat {

  private static final Pattern SHARE = Pattern.compile("Run progress: ([0-9.]+)%");

  /** What JMH prints where a benchmark threw, and where a fork died. */
  private static final Pattern FAILURE = Pattern.compile("^<(failure|forked VM failed)");

  private final OutputFormat log;
  private final PrintStream raw;
  private final DoubleConsumer share;
  private final Set<String> failures = new LinkedHashSet<>();
  private String running = "";

  Watched(OutputFormat log, PrintStream raw, DoubleConsumer share) {
    this.log = log;
    this.raw = raw;
    this.share = share;
  }

  /** Returns the benchmarks that failed, each with its parameters. */
  Set<String> failures() {
    return failures;
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
    running = name(benchmark);
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
    if (FAILURE.matcher(text).find()) {
      failures.add(running);
    }
    log.println(text);
  }

  private static String name(BenchmarkParams benchmark) {
    String method = benchmark.getBenchmark();
    int type = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
    StringBuilder name = new StringBuilder(method.substring(type + 1));
    for (String key : benchmark.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(benchmark.getParam(key));
    }
    return name.toString();
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
