package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.JournalKind;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C21: a row of a history is damaged on the disk. */
@Timeout(60)
final class DamagedHistoryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Event<String> GO = Event.named("go", String.class);
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  @TempDir Path folder;

  private Millrace open() {
    return Millrace.builder(folder.resolve("data"))
        .journal(JournalKind.FILES)
        .orchestration(
            FLOW, (ctx, name) -> name + ctx.waitFor(GO).await() + ctx.waitFor(GO).await())
        .open();
  }

  @Test
  void c21b_c21d_shouldStillReadExportAndDeleteWhatCannotBeReplayed() throws SQLException {
    try (Millrace millrace = open()) {
      for (String id : List.of("bad", "good")) {
        InstanceHandle<String> handle = millrace.start(FLOW, id, "a");
        EveryStore.eventually(() -> handle.info().turns() == 1 ? true : null);
        handle.raise(GO, "1");
        EveryStore.eventually(() -> handle.info().turns() == 2 ? true : null);
      }
    }
    damage("bad", 1);
    try (Millrace millrace = open()) {
      millrace.raise("bad", GO, "2");
      EveryStore.eventually(
          () -> millrace.status("bad").filter(InstanceStatus.QUARANTINED::equals).orElse(null));
      millrace.raise("good", GO, "2");
      assertThat(millrace.instance(FLOW, "good").result(SOON)).as("others go on").isEqualTo("a12");
      Instances instances = millrace.instances();
      assertThat(instances.list(InstanceFilter.ALL, Page.first(10)))
          .extracting(InstanceInfo::id)
          .containsExactly("good", "bad");
      assertThat(instances.quarantinedBy().get(0).cause()).isEqualTo("unreadable history");
      assertThatThrownBy(() -> instances.history("bad", 1, 1, 10))
          .isInstanceOf(StoreUnreadableException.class)
          .hasStackTraceContaining("turn=1");
      assertThat(instances.history("bad", 1, 2, 10)).hasSize(1);
      assertThat(instances.export("bad").turns())
          .extracting(HistoryRow::turn)
          .as("what can be read")
          .containsExactly(2);
      instances.delete("bad", true);
      assertThat(instances.info("bad")).isEmpty();
      assertThat(millrace.start(FLOW, "bad", "b").created()).isTrue();
    }
  }

  @Test
  void c21d_shouldReadUpToTheDamage() throws SQLException {
    try (Millrace millrace = open()) {
      InstanceHandle<String> handle = millrace.start(FLOW, "bad", "a");
      EveryStore.eventually(() -> handle.info().turns() == 1 ? true : null);
      handle.raise(GO, "1");
      EveryStore.eventually(() -> handle.info().turns() == 2 ? true : null);
    }
    damage("bad", 2);
    try (Millrace millrace = open()) {
      assertThat(millrace.instances().history("bad", 1, 1, 10))
          .extracting(HistoryRow::turn)
          .containsExactly(1);
      assertThat(millrace.instances().export("bad").turns())
          .extracting(HistoryRow::turn)
          .containsExactly(1);
    }
  }

  private void damage(String id, int turn) throws SQLException {
    try (Connection outside =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/store.db"));
        Statement statement = outside.createStatement()) {
      int changed =
          statement.executeUpdate(
              "UPDATE history_rows SET events = x'ffffffff' WHERE turn = "
                  + turn
                  + " AND instance = (SELECT number FROM instance_rows WHERE id = '"
                  + id
                  + "')");
      assertThat(changed).isEqualTo(1);
    }
  }
}
