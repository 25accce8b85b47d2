package io.millrace.jmh.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/**
 * Samples of what this JVM runs and allocates, by its own flight recorder: no agent, no right that
 * a user does not have. It sees Java frames; what runs inside SQLite or the kernel is not sampled.
 */
final class FlightRecording implements AutoCloseable {

  /** As often as the recorder can. */
  private static final Duration CPU_PERIOD = Duration.ofMillis(10);

  private static final String ALLOCATIONS = "1000/s";

  private final Recording recording = new Recording();
  private final Path file;

  /**
   * Begins.
   *
   * @param file where the samples go
   */
  FlightRecording(Path file) {
    this.file = file;
    recording.enable("jdk.ExecutionSample").withPeriod(CPU_PERIOD);
    recording.enable("jdk.ObjectAllocationSample").with("throttle", ALLOCATIONS);
    recording.start();
  }

  /** Ends, and writes the samples. */
  void end() throws IOException {
    recording.stop();
    recording.dump(file);
  }

  /**
   * Draws what ran. The converter's own {@code --cpu} asks for a state that only another profiler
   * writes, and finds nothing; without it, it takes what this recorder samples.
   */
  void drawCpu(String title, Path html) throws IOException {
    draw(new Arguments("--title", title), html);
  }

  /** Draws what was allocated, by bytes. */
  void drawAllocations(String title, Path html) throws IOException {
    draw(new Arguments("--alloc", "--total", "--title", title), html);
  }

  private void draw(Arguments arguments, Path html) throws IOException {
    JfrToFlame.convert(file.toString(), html.toString(), arguments);
  }

  @Override
  public void close() {
    recording.close();
  }
}
