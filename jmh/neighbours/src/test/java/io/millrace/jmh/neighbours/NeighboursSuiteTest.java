package io.millrace.jmh.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jmh.bench.BenchRun;
import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursSuiteTest {

  @TempDir Path folder;

  @BeforeEach
  void shouldBeGivenAFolder() {
    System.setProperty(BenchRun.FOLDER_PROPERTY, folder.toString());
  }

  @AfterEach
  void shouldGiveItBack() {
    System.clearProperty(BenchRun.FOLDER_PROPERTY);
  }

  @Test
  void shouldBeFoundAndGoOnWithoutWhatDoesNotRun() {
    BenchSuite suite =
        BenchRun.suites().stream().filter(s -> s.name().equals("neighbours")).findFirst().get();
    assertThat(suite.plans(Effort.QUICK)).hasSize(2).allMatch(Plan::mayFail);
    assertThat(suite.targets()).isEmpty();
  }

  @Test
  void shouldMeasureAStoreAndSayHow() throws Exception {
    StoreBench bench = new StoreBench();
    bench.store = "ROCKSDB SYNCED";
    bench.effort = Effort.SMOKE;
    bench.sweep();
    bench.open();
    bench.run();
    bench.verify();
    bench.close();
    assertThat(Files.readString(folder.resolve("remarks.txt")))
        .contains("ROCKSDB: ")
        .contains("Sweep: 10 in flight: ");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void shouldMeasureAnEngineAndSayHow() throws Exception {
    ProductBench bench = new ProductBench();
    bench.product = "MILLRACE SYNCED";
    bench.effort = Effort.SMOKE;
    bench.sweep();
    bench.run();
    bench.verify();
    bench.close();
    assertThat(Files.readString(folder.resolve("remarks.txt")))
        .contains("MILLRACE: ")
        .contains("Sweep: 10 in flight: ");
    assertThat(folder.resolve("product")).doesNotExist();
  }

  @Test
  void shouldSayWhyThereIsNoFigure() throws Exception {
    StoreBench bench = new StoreBench();
    bench.store = "SQLITE SYNCED";
    bench.effort = Effort.SMOKE;
    // A trace of nothing stands where one would be read.
    Files.createDirectories(folder.resolve("trace-20").resolve("journal"));
    assertThatThrownBy(bench::sweep).hasMessage("SQLITE SYNCED failed");
    assertThat(Files.readString(folder.resolve("remarks.txt")))
        .startsWith("SQLITE SYNCED has no figure here: ");
  }
}
