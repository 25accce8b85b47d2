package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import io.millrace.buffer.testing.DecoratedSegments;
import io.millrace.storage.orchestration.InstanceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C43, C23: what is seen while a force takes long, and what happens when it fails. */
@Timeout(60)
final class SlowDiskTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  @TempDir Path folder;

  private final ForgetfulPlace place = new ForgetfulPlace(7, SlowForces::new);
  private final List<String> caught = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  // written by: the test; read by: the commit thread, before each force
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Forces wait for the gate. */
  private final class SlowForces extends DecoratedSegments {
    SlowForces(SegmentStorage disk) {
      super(disk);
    }

    @Override
    protected SegmentWriter decorate(SegmentName name, SegmentWriter writer) {
      return new DecoratedWriter(writer) {
        @Override
        public void force() throws IOException {
          try {
            if (gate.getCount() > 0) {
              entered.countDown();
            }
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
          }
          super.force();
        }
      };
    }
  }

  @AfterEach
  void openTheGate() {
    gate.countDown();
  }

  private Millrace open() {
    return Millrace.builder(folder.resolve("data"))
        .store(place)
        .recovering(place::recover)
        .orchestration(
            FLOW,
            (ctx, name) -> {
              try {
                return name + ctx.waitFor(GO).await();
              } catch (RuntimeException e) {
                caught.add(e.toString());
                throw e;
              }
            })
        .open();
  }

  @Test
  void c43b_r17_shouldShowNothingThatIsNotDurable() throws Exception {
    try (Millrace millrace = open()) {
      millrace.start(FLOW, "before", "a");
      EveryStore.eventually(() -> millrace.info("before").filter(i -> i.turns() == 1).orElse(null));
      gate = new CountDownLatch(1);
      CompletableFuture<InstanceHandle<String>> start = millrace.startAsync(FLOW, "one", "a");
      // The force of its record has begun, so it is decided.
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Optional<InstanceInfo>> read =
          CompletableFuture.supplyAsync(() -> millrace.info("one"));
      CompletableFuture<List<InstanceInfo>> listing =
          CompletableFuture.supplyAsync(() -> millrace.list(Long.MAX_VALUE, 10));
      assertThatThrownBy(() -> listing.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> read.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(start).isNotDone();
      assertThat(millrace.info("before")).as("what is durable is seen meanwhile").isPresent();
      gate.countDown();
      assertThat(read.get(20, TimeUnit.SECONDS)).isPresent();
      assertThat(start.get(20, TimeUnit.SECONDS).created()).isTrue();
      assertThat(listing.get(20, TimeUnit.SECONDS))
          .extracting(InstanceInfo::id)
          .containsExactly("one", "before");
    }
  }

  @Test
  void c23a_c23b_r17_shouldStopAndGoOnAfterReopeningWhenAForceFails() {
    Millrace first = open();
    try (first) {
      first.start(FLOW, "one", "a");
      EveryStore.eventually(() -> first.info("one").filter(i -> i.turns() == 1).orElse(null));
      place.disk().faults().failNextForce();
      assertThatThrownBy(() -> first.raise("one", GO, "lost"))
          .isInstanceOf(BufferFailedException.class);
      assertThatThrownBy(() -> first.info("one"))
          .as("memory is not read any more")
          .isInstanceOf(BufferFailedException.class);
    }
    place.cutPower();
    try (Millrace second = open()) {
      assertThat(second.status("one")).contains(InstanceStatus.RUNNING);
      second.raise("one", GO, "!");
      assertThat(second.instance(FLOW, "one").result(SOON)).isEqualTo("a!");
    }
    assertThat(caught).as("user code hears nothing of it").isEmpty();
  }
}
