package io.millrace.storage.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.testing.OrchestrationStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryOrchestrationStoreTest extends OrchestrationStoreContract {

  @Override
  protected OrchestrationStore open(Path directory) {
    return new MemoryOrchestrationStore();
  }

  @Override
  protected boolean keepsAfterClose() {
    return false;
  }

  @Override
  protected boolean durableAtOnce() {
    return true;
  }

  @Test
  void shouldBeDurableAtOnce() throws StoreException {
    try (OrchestrationStore store = open(directory)) {
      store.apply(List.of(), new RecordId(4, 1, 0), CommitMode.NORMAL);

      assertThat(store.durablePosition()).isEqualTo(4);
    }
  }

  @Test
  void i9_shouldKeepNoMoreFinishedInstancesThanItsLimit() throws StoreException {
    try (OrchestrationStore store = new MemoryOrchestrationStore(2)) {
      for (int number = 1; number <= 5; number++) {
        store.apply(started(number), at(number), CommitMode.NORMAL);
      }
      for (int position = 6; position <= 9; position++) {
        long number = 10L - position; // 4, 3, 2, 1
        store.apply(
            List.of(new RowMutation.Update(row(number, InstanceStatus.COMPLETED))),
            at(position),
            CommitMode.NORMAL);
      }
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instancesBefore(Long.MAX_VALUE, 10))
            .extracting(InstanceRow::number)
            .containsExactly(5L, 2L, 1L);
        assertThat(reader.instanceById("i4")).isNull();
        assertThat(reader.history(4, 1, 1, 10)).isEmpty();
        assertThat(reader.tasks(4)).isEmpty();
        assertThat(reader.history(2, 1, 1, 10)).hasSize(1);
        assertThat(reader.tasks(5)).hasSize(1);
        assertThat(reader.countsByStatus()).containsExactly(1, 2, 0, 0, 0, 0, 0);
      }
      store.apply(started(6, "i4"), at(10), CommitMode.NORMAL);
    }
  }

  @Test
  void shouldNotCountAnInstanceThatRunsAgainAsFinished() throws StoreException {
    try (OrchestrationStore store = new MemoryOrchestrationStore(1)) {
      store.apply(inserts(row(1, InstanceStatus.FAILED)), at(1), CommitMode.NORMAL);
      store.apply(
          List.of(new RowMutation.Update(row(1, InstanceStatus.RUNNING))),
          at(2),
          CommitMode.NORMAL);
      store.apply(inserts(row(2, InstanceStatus.FAILED)), at(3), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instance(1)).isNotNull();
        assertThat(reader.instance(2)).isNotNull();
      }
    }
  }

  @Test
  void shouldKeepNoFinishedInstanceWhenTheLimitIsZero() throws StoreException {
    try (OrchestrationStore store = new MemoryOrchestrationStore(0)) {
      store.apply(inserts(row(1, InstanceStatus.CANCELLED)), at(1), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instance(1)).isNull();
      }
    }
  }

  @Test
  void shouldRefuseANegativeLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryOrchestrationStore(-1))
        .withMessageContaining("finishedInstancesMax=-1");
  }

  @Test
  void shouldLeaveAViewAloneWhenClosed() throws StoreException {
    OrchestrationStore store = open(directory);
    store.apply(started(1), at(1), CommitMode.NORMAL);
    try (OrchestrationReader reader = store.read()) {
      store.close();

      assertThat(reader.instance(1)).isNotNull();
    }
  }

  private static List<RowMutation> started(long number) {
    return started(number, "i" + number);
  }

  private static List<RowMutation> started(long number, String id) {
    return inserts(
        running(number, id),
        turn(number, 1, 1, 1),
        new TaskRow(number, number, 1, 1, "charge", "", 1, 1, 0, 0, null, null));
  }

  private static InstanceRow row(long number, InstanceStatus status) {
    long finished = status.isTerminal() ? 3 : 0;
    return new InstanceRow(
        number,
        "i" + number,
        "o",
        "",
        status,
        1,
        1,
        1,
        1,
        2,
        finished,
        0,
        0,
        -1,
        number,
        0,
        null,
        null);
  }
}
