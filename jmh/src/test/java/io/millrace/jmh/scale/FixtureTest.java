package io.millrace.jmh.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Millrace;
import io.millrace.storage.orchestration.InstanceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureTest {

  @Test
  void shouldMultiplyFinishedInstancesOnce(@TempDir Path fixtures) throws Exception {
    Path folder = Fixture.FINISHED.in(fixtures, 300);
    try (Millrace millrace = Millrace.builder(folder).open()) {
      var copy = millrace.info("copy-000000299").orElseThrow();
      assertThat(copy.status()).isEqualTo(InstanceStatus.COMPLETED);
      assertThat(copy.events()).isEqualTo(12);
      assertThat(millrace.info("copy-000000300")).isEmpty();
      assertThat(millrace.list(Long.MAX_VALUE, 1_000)).hasSizeGreaterThan(300);
    }
    FileTime made = Files.getLastModifiedTime(folder.resolve("FORMAT"));
    assertThat(Fixture.FINISHED.in(fixtures, 300)).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(folder.resolve("FORMAT"))).isEqualTo(made);
  }

  @Test
  void shouldMultiplySleepersThatCanBeEnded(@TempDir Path fixtures) throws Exception {
    Path folder = Fixture.SLEEPING.in(fixtures, 10);
    try (Millrace millrace = Fixture.sleeper(Millrace.builder(folder)).open()) {
      assertThat(millrace.status("copy-000000007")).contains(InstanceStatus.RUNNING);
      millrace.terminate("copy-000000007", "a test");
      assertThat(millrace.status("copy-000000007")).contains(InstanceStatus.TERMINATED);
      assertThat(millrace.status("copy-000000008")).contains(InstanceStatus.RUNNING);
    }
  }

  @Test
  void shouldMakeATornFixtureAnew(@TempDir Path fixtures) throws Exception {
    Path folder = Files.createDirectories(fixtures.resolve("sleeping-3"));
    Files.writeString(folder.resolve("store.db"), "torn");
    try (Millrace millrace =
        Fixture.sleeper(Millrace.builder(Fixture.SLEEPING.in(fixtures, 3))).open()) {
      assertThat(millrace.list(Long.MAX_VALUE, 10)).hasSize(4);
    }
  }
}
