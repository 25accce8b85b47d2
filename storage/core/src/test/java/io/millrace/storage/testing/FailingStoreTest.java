package io.millrace.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.testing.FailingStore.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingStoreTest {

  private final FailingStore<RowMutation> store =
      new FailingStore<>(new MemoryOrchestrationStore());

  @Test
  void shouldFailTheChosenCallOnce() throws StoreException {
    store.failOnce(Fault.BUSY, 2);

    apply(1);
    assertThatThrownBy(() -> apply(2)).isInstanceOf(StoreException.Busy.class);
    assertThat(store.applied().position()).isEqualTo(1);
    apply(2);
    assertThat(store.applies()).isEqualTo(3);
  }

  @Test
  void shouldFailFromTheChosenCallUntilHealed() throws StoreException {
    apply(1);
    store.failFrom(Fault.FULL, 1);

    assertThatThrownBy(() -> apply(2)).isInstanceOf(StoreException.Full.class);
    assertThatThrownBy(() -> apply(2)).isInstanceOf(StoreException.Full.class);
    store.heal();
    apply(2);
  }

  @Test
  void shouldHaveAppliedWhenTheOutcomeIsToBeUnknown() {
    store.failOnce(Fault.FAILED_AFTER_APPLYING, 1);

    assertThatThrownBy(() -> apply(1)).isInstanceOf(StoreException.Failed.class);
    assertThat(store.applied().position()).isEqualTo(1);
  }

  private void apply(long position) throws StoreException {
    store.apply(List.of(), new RecordId(position, 1, 0), CommitMode.NORMAL);
  }
}
