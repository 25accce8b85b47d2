package io.millrace.jmh.metrics;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.engine.Millrace;
import io.millrace.micrometer.MillraceMeters;
import java.io.Closeable;
import java.io.IOException;
import java.text.ParseException;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** The ways in which an engine may be watched from inside its process. */
enum Watching {
  /** Nobody looks; the engine counts all the same. */
  OFF,
  /** A snapshot of all figures each second. */
  SNAPSHOT,
  /** Every figure bound to a Micrometer registry, and all of its meters read each second. */
  MICROMETER,
  /** A flight recording with the JVM's default settings and the engine's events. */
  RECORDING,
  /** All of these at once. */
  ALL;

  /** Returns its name as people read it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Begins to watch; closing what is returned ends it. */
  Closeable begin(Millrace millrace) throws IOException {
    return switch (this) {
      case OFF -> () -> {};
      case SNAPSHOT -> eachSecond(snapshot(millrace));
      case MICROMETER -> eachSecond(micrometer(millrace));
      case RECORDING -> recording();
      case ALL -> {
        Closeable snapshot = SNAPSHOT.begin(millrace);
        Closeable micrometer = MICROMETER.begin(millrace);
        Closeable recording = RECORDING.begin(millrace);
        yield () -> {
          snapshot.close();
          micrometer.close();
          recording.close();
        };
      }
    };
  }

  /** Returns one look at a snapshot of all figures. */
  static Runnable snapshot(Millrace millrace) {
    return () -> use(millrace.metrics().toMap().size());
  }

  /** Binds every figure to a registry and returns one look at all of its meters. */
  static Runnable micrometer(Millrace millrace) {
    MeterRegistry registry = new SimpleMeterRegistry();
    MillraceMeters.of(millrace, Tags.of("engine", "measured")).bindTo(registry);
    return () -> {
      double sum = 0;
      for (Meter meter : registry.getMeters()) {
        for (Measurement measurement : meter.measure()) {
          sum += measurement.getValue();
        }
      }
      use(sum);
    };
  }

  private static Closeable recording() throws IOException {
    try {
      Recording recording = new Recording(Configuration.getConfiguration("default"));
      recording.start();
      return recording;
    } catch (ParseException e) {
      throw new IOException("the JVM's own settings of a recording do not read", e);
    }
  }

  private static Closeable eachSecond(Runnable look) {
    ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor();
    var unused = looker.scheduleAtFixedRate(look, 1, 1, TimeUnit.SECONDS);
    return looker::shutdownNow;
  }

  /** Keeps the compiler from leaving out what nobody uses. */
  private static void use(double value) {
    if (value == Double.MIN_VALUE) {
      throw new IllegalStateException("a sum that cannot be");
    }
  }
}
