package io.millrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.SmallStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryPipelineTest {

  private static final BufferOptions OPTIONS =
      BufferOptions.builder().level(Durability.ACCEPTED).build();

  @Test
  void shouldApplyEverythingInOrder() throws Exception {
    SmallStore store = new SmallStore();
    try (WriteAheadBuffer<Entry> buffer = WriteAheadBuffer.inMemory(store, OPTIONS)) {
      List<CompletableFuture<Long>> futures = new ArrayList<>();
      for (int i = 1; i <= 10_000; i++) {
        futures.add(buffer.write(Entry.update(i % 10, i)));
      }
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i + 1);
      }
      buffer.flush(Duration.ofSeconds(10));
      assertThat(store.rows()).hasSize(10).containsEntry(9L, 9_999L).containsEntry(0L, 10_000L);
    }
    assertThat(store.isClosed()).isTrue();
  }

  @Test
  void shouldRefuseWhatMemoryCannotPromise() {
    try (WriteAheadBuffer<Entry> buffer = WriteAheadBuffer.inMemory(new SmallStore(), OPTIONS)) {
      assertThatThrownBy(() -> buffer.write(List.of(Entry.insert(1, 1)), Durability.SYNCED))
          .isInstanceOf(UnreachableDurabilityException.class)
          .hasMessageContaining("level=SYNCED");
    }
    assertThatThrownBy(() -> WriteAheadBuffer.inMemory(new SmallStore(), BufferOptions.defaults()))
        .isInstanceOf(UnreachableDurabilityException.class)
        .hasMessageContaining("in memory");
  }

  @Test
  void shouldFailWritesAfterClose() {
    WriteAheadBuffer<Entry> buffer = WriteAheadBuffer.inMemory(new SmallStore(), OPTIONS);
    buffer.close();
    buffer.close();
    assertThatThrownBy(() -> buffer.write(Entry.insert(1, 1)))
        .isInstanceOf(BufferClosedException.class);
  }
}
