package io.millrace.docs.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.OrchestrationFailedException;
import io.millrace.engine.Outcome;
import io.millrace.testkit.ActivityScript;
import io.millrace.testkit.OrchestrationRules;
import io.millrace.testkit.TestEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the docs do what their pages say, most of them on the clock of the test kit. */
@Timeout(60)
class ExamplesTest {

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  /** A program's {@code main}. */
  private interface Program {
    void run(String[] arguments) throws Exception;
  }

  private static String printed(Program program, Path directory) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run(new String[] {directory.toString()});
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldGreet(@TempDir Path directory) throws Exception {
    assertThat(printed(Hello::main, directory)).isEqualToIgnoringNewLines("Hello, world!");
  }

  @Test
  void shouldChangeTheFlushPolicyOfARunningEngine(@TempDir Path directory) throws Exception {
    assertThat(printed(PolicyChange::main, directory))
        .containsPattern("manual: the store lacks [1-9]\\d{3,} records")
        .contains("eager: the store lacks 0 records");
  }

  @Test
  void shouldFanOutAndIn() {
    try (TestEngine engine = TestEngine.inMemory(Thumbnails::register)) {
      var album = new Thumbnails.Album("Rome", List.of("a.jpg", "forum.jpg", "bc.jpg"));
      assertThat(engine.result(engine.start(Thumbnails.PUBLISH, "rome", album)))
          .isEqualTo(new Thumbnails.Page("Rome", 3, 20));
    }
  }

  @Test
  void shouldUndoTheTripWhenTheCardIsRefused() {
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                TripSaga.register(
                    b,
                    who -> {
                      throw new IOException("card refused");
                    },
                    out::add))) {
      InstanceHandle<String> trip = engine.start(TripSaga.TRIP, "trip-1", "Ada");
      assertThatThrownBy(() -> engine.result(trip))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("card refused");
      assertThat(out)
          .containsExactly(
              "flight for Ada",
              "hotel for Ada",
              "cancelled: hotel for Ada",
              "cancelled: flight for Ada");
    }
  }

  @Test
  void shouldUndoTheTripWhenItIsCancelled() {
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                TripSaga.register(
                    b,
                    who -> {
                      TestEngine.sleepInActivity(Duration.ofDays(1));
                      return "charged " + who;
                    },
                    out::add))) {
      InstanceHandle<String> trip = engine.start(TripSaga.TRIP, "trip-1", "Ada");
      engine.advance(Duration.ofHours(1));
      trip.cancel("changed her mind");
      assertThat(engine.outcome(trip)).isEqualTo(new Outcome.Cancelled<>("changed her mind"));
      assertThat(out).endsWith("cancelled: hotel for Ada", "cancelled: flight for Ada").hasSize(4);
    }
  }

  @Test
  void shouldRemindUntilSomebodyDecides() {
    try (TestEngine engine = TestEngine.inMemory(b -> Approval.register(b, out::add))) {
      InstanceHandle<String> approval = engine.start(Approval.APPROVE, "invoice-17", "invoice 17");
      engine.advance(Duration.ofHours(50));
      approval.raise(Approval.DECISION, new Approval.Decision(true, "Grace"));
      assertThat(engine.result(approval)).isEqualTo("approved by Grace");
      assertThat(out)
          .containsExactly(
              "please decide on invoice 17",
              "reminder 1 for invoice 17",
              "reminder 2 for invoice 17");
      assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-03T02:00:00Z"));
    }
  }

  @Test
  void shouldEscalateWhenNobodyDecides() {
    try (TestEngine engine = TestEngine.inMemory(b -> Approval.register(b, out::add))) {
      InstanceHandle<String> approval = engine.start(Approval.APPROVE, "invoice-17", "invoice 17");
      assertThat(engine.result(approval)).isEqualTo("escalated");
      assertThat(engine.now()).isEqualTo(Instant.parse("2026-01-04T00:00:00Z"));
      assertThat(out).hasSize(5).endsWith("nobody decided on invoice 17");
    }
  }

  @Test
  void shouldWatchForDaysWithAShortHistory() {
    int[] looks = {0};
    try (TestEngine engine =
        TestEngine.inMemory(
            b -> Monitor.register(b, parcel -> ++looks[0] < 750 ? "on its way" : "delivered"))) {
      InstanceHandle<String> watch =
          engine.start(Monitor.MONITOR, "parcel-1", new Monitor.Watch("parcel-1", 0));
      assertThat(engine.result(watch)).isEqualTo("delivered after 750 looks");
      assertThat(watch.info().execution()).isEqualTo(8);
      assertThat(engine.now())
          .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(749 * 5)));
    }
  }

  @Test
  void shouldGoOnWhenAChildFails() {
    try (TestEngine engine = TestEngine.inMemory(Orders::register)) {
      var order = new Orders.Order("order-1", List.of("Rome", "", "Oslo"));
      assertThat(engine.result(engine.start(Orders.ORDER, "order-1", order)))
          .isEqualTo("shipped Rome, lost one, shipped Oslo");
    }
  }

  @Test
  void shouldSendNoMoreThanTenASecond() {
    List<Instant> sent = Collections.synchronizedList(new ArrayList<>());
    TestEngine[] self = new TestEngine[1];
    try (TestEngine engine =
        TestEngine.inMemory(
            b ->
                Batch.register(
                    b,
                    letter -> {
                      sent.add(self[0].now());
                      return "sent " + letter;
                    }))) {
      self[0] = engine;
      assertThat(engine.result(engine.start(Batch.SEND_ALL, "batch-1", 1_000))).isEqualTo(1_000);
      assertThat(sent).hasSize(1_000);
      for (int i = 10; i < sent.size(); i++) {
        assertThat(Duration.between(sent.get(i - 10), sent.get(i)))
            .isGreaterThanOrEqualTo(Duration.ofMillis(999));
      }
    }
  }

  @Test
  void shouldPatchLiveInstances(@TempDir Path directory) {
    try (TestEngine engine = TestEngine.onDirectory(directory, Upgrade::registerOld)) {
      engine.start(Upgrade.V1, "old", "A");
      engine.advance(Duration.ofDays(10));
      engine.reopen(Upgrade::registerPatched);
      // It waits before the patched line, so it goes the new way.
      assertThat(engine.result(engine.millrace().instance(Upgrade.V1, "old")))
          .isEqualTo("mailed A");
    }
  }

  @Test
  void shouldLeaveInstancesThatPassedThePatchOnTheOldWay(@TempDir Path directory) {
    try (TestEngine engine =
        TestEngine.onDirectory(
            directory,
            b ->
                b.orchestration(Upgrade.V1, Upgrade::before)
                    .activity(
                        Upgrade.PRINT,
                        invoice -> {
                          TestEngine.sleepInActivity(Duration.ofDays(1));
                          return "never heard of";
                        }))) {
      engine.start(Upgrade.V1, "old", "A");
      engine.advance(Duration.ofDays(30));
      engine.reopen(Upgrade::registerPatched);
      assertThat(engine.result(engine.millrace().instance(Upgrade.V1, "old")))
          .isEqualTo("printed A");
    }
  }

  @Test
  void shouldKeepLiveInstancesOnTheirVersion(@TempDir Path directory) {
    try (TestEngine engine = TestEngine.onDirectory(directory, Upgrade::registerOld)) {
      engine.start(Upgrade.V1, "old", "A");
      engine.advance(Duration.ofDays(10));
      engine.reopen(Upgrade::registerBoth);
      assertThat(engine.result(engine.start(Upgrade.V2, "new", "B"))).isEqualTo("mailed B at once");
      assertThat(engine.result(engine.millrace().instance(Upgrade.V1, "old")))
          .isEqualTo("printed A");
    }
  }

  @Test
  void shouldBookOnceWhenTheStepIsDeliveredTwice(@TempDir Path directory) throws Exception {
    Ledger ledger = new Ledger("jdbc:sqlite:" + directory.resolve("ledger.db"));
    ledger.createTables();
    ActivityScript<Ledger.Booking, Long> dies =
        ActivityScript.<Ledger.Booking, Long>first()
            .doesWithContext(
                (activity, booking) -> {
                  ledger.book(activity, booking);
                  // Committed there, and the process ends before the engine hears of it.
                  TestEngine.sleepInActivity(Duration.ofDays(1));
                  return -1L;
                })
            .doesWithContext(ledger::book);
    try (TestEngine engine =
        TestEngine.onDirectory(
            directory.resolve("data"),
            b ->
                b.orchestration(Ledger.TRANSFER, Ledger::transfer)
                    .activityWithContext(Ledger.BOOK, dies))) {
      engine.start(Ledger.TRANSFER, "t-1", new Ledger.Booking("Ada", 500));
      engine.settle();
      engine.reopen();
      assertThat(engine.result(engine.millrace().instance(Ledger.TRANSFER, "t-1"))).isEqualTo(500L);
      assertThat(dies.calls()).hasSize(2);
      assertThat(ledger.balance("Ada")).isEqualTo(500);
    }
  }

  @Test
  void shouldKeepTheRulesOfOrchestrations() {
    OrchestrationRules.deterministic()
        .check(new ClassFileImporter().importPackages("io.millrace.docs.examples"));
  }
}
