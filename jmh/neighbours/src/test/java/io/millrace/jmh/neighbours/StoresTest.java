package io.millrace.jmh.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.buffer.Durability;
import io.millrace.jmh.ladder.Candidate;
import io.millrace.jmh.ladder.Trace;
import io.millrace.storage.orchestration.RowMutation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoresTest {

  private static final int COUNT = 20;
  private static final int IN_FLIGHT = 10;

  // Where a running server's file says who and where it is.
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  @TempDir static Path shared;
  private static Trace trace;

  @BeforeAll
  static void shouldRecordATrace() throws Exception {
    trace = Trace.in(shared.resolve("trace"), COUNT);
  }

  static Stream<String> embedded() {
    return Neighbours.storeNames().stream().filter(name -> !name.startsWith("POSTGRESQL"));
  }

  @ParameterizedTest
  @MethodSource("embedded")
  void shouldKeepWhatATraceLeaves(String name, @TempDir Path folder) throws Exception {
    try (StoreNeighbour store = Neighbours.store(name, folder.resolve("server"))) {
      assertThat(store.remark()).startsWith(store.name() + ": ");
      assertKeeps(store, folder.resolve("store"));
    }
  }

  @Test
  void shouldKeepWhatATraceLeavesInAServer(@TempDir Path folder) throws Exception {
    assumeThat(PostgresServer.refusal()).isEmpty();
    Path home = folder.resolve("server");
    long pid;
    try (StoreNeighbour store = Neighbours.store("POSTGRESQL SYNCED", home)) {
      assertKeeps(store, folder.resolve("store"));
      List<String> facts = Files.readAllLines(home.resolve("data/postmaster.pid"));
      pid = Long.parseLong(facts.get(PID_LINE).strip());
      assertForcesWhatItAcknowledges(facts.get(PORT_LINE).strip());
      assertThat(store.serverCpuNanos()).isPositive();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  private static void assertForcesWhatItAcknowledges(String port) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (ResultSet found = statement.executeQuery("SHOW " + setting)) {
          assertThat(found.next()).isTrue();
          assertThat(found.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  private static void assertKeeps(StoreNeighbour store, Path folder) throws Exception {
    Files.createDirectories(folder);
    try (Candidate.Opened opened = store.open(folder, Durability.SYNCED)) {
      Histogram latencies = opened.run(trace, IN_FLIGHT);
      assertThat(latencies.getTotalCount()).isEqualTo(COUNT + (trace.preface().isEmpty() ? 0 : 1));
      assertThat(opened.counts().get("forces")).isPositive();
      opened.verify(trace);
      // The check can fail.
      assertThatThrownBy(() -> opened.verify(unfinished()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static Trace unfinished() {
    List<List<List<RowMutation>>> changed = new ArrayList<>(trace.instances());
    // Without its last command an instance is not completed.
    List<List<RowMutation>> last = changed.remove(changed.size() - 1);
    changed.add(last.subList(0, last.size() - 1));
    return new Trace(trace.preface(), List.copyOf(changed));
  }
}
