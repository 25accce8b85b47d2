package io.millrace.jmh.stress;

import io.millrace.buffer.BufferException;
import io.millrace.engine.EngineClosedException;
import io.millrace.engine.Outcome;
import io.millrace.storage.orchestration.Failure;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what went wrong, by class, and keeps the first of it for the report. Thread-safe. */
final class Failures {

  private final LongAdder infrastructure = new LongAdder();
  private final LongAdder configuration = new LongAdder();
  private final LongAdder application = new LongAdder();
  private final AtomicReference<@Nullable String> first = new AtomicReference<>();

  void ended(String id, Outcome<String> outcome) {
    if (outcome instanceof Outcome.Failed<String> failed
        && failed.failure() instanceof Failure.ApplicationFailure) {
      application.increment();
    } else {
      infrastructure.increment();
    }
    note(id + " ended as " + outcome);
  }

  void wrongResult(String id) {
    infrastructure.increment();
    note(id + " returned a result that is not its own");
  }

  void threw(String id, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof BufferException || cause instanceof EngineClosedException) {
      infrastructure.increment();
    } else {
      configuration.increment();
    }
    note(id + ": " + cause);
  }

  StressReport.Failed counts() {
    return new StressReport.Failed(infrastructure.sum(), configuration.sum(), application.sum());
  }

  /** Returns the first thing that went wrong, empty if nothing did. */
  String first() {
    return Objects.requireNonNullElse(first.get(), "");
  }

  private void note(String what) {
    first.compareAndSet(null, what);
  }
}
