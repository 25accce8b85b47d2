package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.RowKey;
import java.nio.file.Path;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** The store under the H2 database, used by itself: no SQL on the way. */
final class H2Store implements StoreNeighbour {

  private static final int CACHE_MIB = 64;

  H2Store() {}

  @Override
  public String name() {
    return "H2_MVSTORE";
  }

  @Override
  public String remark() {
    return "H2_MVSTORE: the store below H2's SQL, by itself; commit() and sync() before each"
        + " acknowledgement. Left to its defaults H2 writes some time later: it loses"
        + " acknowledged commits when the process is killed, and with WRITE_DELAY=0 still at power"
        + " loss. It writes changed pages anew and keeps old ones for 45 s, so files grow.";
  }

  @Override
  public Opened open(Path folder, Durability durability) {
    return new Open(
        new MVStore.Builder()
            .fileName(folder.resolve("rows.mv").toString())
            .autoCommitDisabled()
            .cacheSize(CACHE_MIB)
            .open());
  }

  private static final class Open extends GroupedStore {
    private final MVStore store;
    private final MVMap<byte[], byte[]> rows;

    Open(MVStore store) {
      this.store = store;
      rows =
          store.openMap(
              "kept",
              new MVMap.Builder<byte[], byte[]>()
                  .keyType(ByteArrayDataType.INSTANCE)
                  .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    void put(RowKey key, byte[] body) {
      rows.put(KeyBytes.of(key), body);
    }

    @Override
    void delete(RowKey key) {
      rows.remove(KeyBytes.of(key));
    }

    @Override
    void commit() {
      store.commit();
      store.sync();
    }

    @Override
    void read(Reader reader) throws Exception {
      Cursor<byte[], byte[]> cursor = rows.cursor(null);
      while (cursor.hasNext()) {
        byte[] key = cursor.next();
        reader.take(KeyBytes.read(key), cursor.getValue());
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
