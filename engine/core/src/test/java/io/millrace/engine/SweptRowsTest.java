package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.sqlite.SqliteLook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is swept is not merely hidden. */
class SweptRowsTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);

  @TempDir Path folder;

  @Test
  void r20_c41b_shouldLeaveNoRowOfADeletedTreeInTheFile() throws Exception {
    Path directory = folder.resolve("data");
    try (Millrace millrace =
        Millrace.builder(directory)
            .journal(JournalKind.FILES)
            .flush(FlushPolicy.eager())
            .orchestration(
                FLOW, (ctx, in) -> in.isEmpty() ? in : ctx.callChild(FLOW, in.substring(1)).await())
            .open()) {
      for (int i = 0; i < 150; i++) {
        millrace.start(FLOW, "i" + i, "ab").result(SOON);
      }
      millrace.start(FLOW, "stays", "a").result(SOON);
      assertThat(millrace.instances().purge(InstanceFilter.ALL.withIdPrefix("i"))).isEqualTo(150);
      EveryStore.eventually(() -> millrace.statistics().treesSwept() == 150 ? true : null);
    }
    try (SqliteLook look = SqliteLook.open(directory.resolve("store.db"), SOON)) {
      assertThat(number(look, "select count(*) from instance_rows")).isEqualTo(2);
      assertThat(number(look, "select count(distinct instance) from history_rows")).isEqualTo(2);
      assertThat(number(look, "select count(*) from tombstone_rows")).isZero();
    }
  }

  private static long number(SqliteLook look, String sql) throws Exception {
    long[] found = new long[1];
    look.query(
        sql,
        new SqliteLook.Rows() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public boolean row(List<@Nullable Object> values) {
            found[0] = (Long) values.get(0);
            return false;
          }
        });
    return found[0];
  }
}
