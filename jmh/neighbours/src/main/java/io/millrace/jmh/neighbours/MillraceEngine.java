package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.InstanceInfo;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.engine.Outcome;
import io.millrace.engine.Page;
import io.millrace.storage.orchestration.InstanceStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Millrace itself, as it comes. */
final class MillraceEngine implements Product {

  private static final Orchestration<Long, String> FAN_OUT =
      Orchestration.named("fan-out", Long.class, String.class);
  private static final Activity<String, String> TASK =
      Activity.named("task", String.class, String.class);
  private static final int WORKERS = 2;

  MillraceEngine() {}

  @Override
  public String name() {
    return "MILLRACE";
  }

  @Override
  public String remark() {
    return "MILLRACE: as it comes, 2 orchestration and 2 activity workers; the fan-out is its own"
        + " shape.";
  }

  private static String run(OrchestrationContext context, Long number) {
    List<DurableFuture<String>> tasks = new ArrayList<>();
    for (int activity = 0; activity < FanOut.ACTIVITIES; activity++) {
      tasks.add(context.call(TASK, FanOut.input(number, activity)));
    }
    return FanOut.join(context.all(tasks).await());
  }

  @Override
  public Running open(Path folder) {
    return new Open(
        Millrace.builder(folder.resolve("millrace"))
            .durability(Durability.SYNCED)
            .orchestrationWorkers(WORKERS)
            .activityWorkers(WORKERS)
            .orchestration(FAN_OUT, MillraceEngine::run)
            .activity(TASK, input -> input)
            .open());
  }

  private record Open(Millrace millrace) implements Running {

    @Override
    public CompletableFuture<String> start(long number) {
      return millrace
          .startAsync(FAN_OUT, "fan-out-" + number, number)
          .thenCompose(InstanceHandle::outcomeAsync)
          .thenApply(
              outcome -> {
                if (outcome instanceof Outcome.Completed<String> done) {
                  return done.value();
                }
                throw new IllegalStateException("expected a result, outcome=" + outcome);
              });
    }

    @Override
    public long completedInStore() {
      long completed = 0;
      Page page = Page.first(Page.LIMIT_MAX);
      List<InstanceInfo> found = millrace.list(page.before(), page.limit());
      while (!found.isEmpty()) {
        completed += found.stream().filter(i -> i.status() == InstanceStatus.COMPLETED).count();
        page = page.after(found);
        found = millrace.list(page.before(), page.limit());
      }
      return completed;
    }

    @Override
    public void close() {
      millrace.close();
    }
  }
}
