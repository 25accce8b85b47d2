package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Health;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A listener may miss a state that passed, but never the last one. */
@Tag("long")
@OnFollowedThreads
class HealthWatchInterleavingsTest {

  private static final BufferOptions OPTIONS = BufferOptions.builder().build();

  @Test
  void i6_shouldTellAListenerThatItFailedWhateverCameBefore() {
    Interleavings.check(
        () -> {
          Fault fault = new Fault();
          Admission admission = new Admission(OPTIONS, new Positions(0, 0, 0), fault);
          AtomicReference<@Nullable Throwable> stumble =
              new AtomicReference<>(new IOException("busy"));
          HealthWatch watch =
              new HealthWatch(admission, fault, stumble::get, new DiskWait(), () -> 0);
          fault.whenPoisoned(watch::look);
          Tasks tasks = new Tasks();
          AtomicReference<@Nullable Health> heard = new AtomicReference<>();
          watch.listen(tasks::add, heard::set);
          Thread decide = Interleavings.thread(watch::look);
          Thread commit = Interleavings.thread(() -> fault.poison(new IOException("disk")));
          Thread executor = Interleavings.thread(tasks::runOne);
          Interleavings.join(decide, commit, executor);
          tasks.runAll();
          Health last = heard.get();
          Interleavings.require(
              last != null && last.state() == Health.State.FAILED, "heard of the fault");
        });
  }

  /** An executor whose thread is stepped by hand. */
  private static final class Tasks {
    // guarded by: this
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    synchronized void add(Runnable task) {
      tasks.add(task);
    }

    private synchronized @Nullable Runnable next() {
      return tasks.poll();
    }

    void runOne() {
      Runnable task = next();
      if (task != null) {
        task.run();
      }
    }

    void runAll() {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
    }
  }
}
