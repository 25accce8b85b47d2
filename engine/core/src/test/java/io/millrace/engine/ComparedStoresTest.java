package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.runtime.SqliteStores;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.OrchestrationStore;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.testing.Folding;
import io.millrace.storage.testing.RandomRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison finds what it is there to find. */
class ComparedStoresTest {

  private static final long SEED = 9;
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

  @TempDir Path folder;

  @Test
  void shouldFindNothingInAStoreThatKeepsAll() throws StoreException {
    ComparedStores stores = new ComparedStores();
    write(stores, 0, 100);
    write(stores, 100, 200);

    assertThat(stores.differences()).isEmpty();
  }

  @Test
  void shouldFindWhatAStoreForgot() throws StoreException {
    SqliteStores sqlite = new SqliteStores(SqliteOptions.defaults());
    ComparedStores stores = new ComparedStores((file, id) -> forgetful(sqlite.open(file, id)));

    write(stores, 0, 100);

    assertThat(stores.differences()).singleElement().asString().contains("missing", "TimerRow");
  }

  @Test
  void shouldFindAStoreThatComesBackElsewhere() throws StoreException {
    SqliteStores sqlite = new SqliteStores(SqliteOptions.defaults());
    int[] lives = {0};
    ComparedStores stores =
        new ComparedStores((file, id) -> sqlite.open(folder.resolve("s" + lives[0]++), id));

    write(stores, 0, 10);
    stores.open(folder.resolve("store.db"), ID).close();

    assertThat(stores.differences()).singleElement().asString().contains("opened at");
  }

  private void write(ComparedStores stores, int from, int to) throws StoreException {
    List<List<RowMutation>> records = new RandomRows(SEED).records(to);
    try (OrchestrationStore store = stores.open(folder.resolve("store.db"), ID)) {
      for (int i = from; i < to; i++) {
        store.apply(Folding.fold(records.get(i)), new RecordId(i + 1, 1, i), CommitMode.NORMAL);
      }
    }
  }

  /** Returns a store that drops new timers. */
  private static OrchestrationStore forgetful(OrchestrationStore store) {
    return new PassingStore(store) {
      @Override
      public void apply(List<? extends RowMutation> mutations, RecordId last, CommitMode mode)
          throws StoreException {
        List<RowMutation> kept = new ArrayList<>(mutations);
        kept.removeIf(ComparedStoresTest::isTimer);
        super.apply(kept, last, mode);
      }
    };
  }

  private static boolean isTimer(RowMutation mutation) {
    return mutation instanceof RowMutation.Insert insert
        && insert.row().key().table() == Table.TIMERS;
  }
}
