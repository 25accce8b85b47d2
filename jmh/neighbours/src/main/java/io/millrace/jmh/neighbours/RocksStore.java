package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.RowKey;
import java.nio.file.Path;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB: a log and a tree of sorted files, in native code. */
final class RocksStore implements StoreNeighbour {

  RocksStore() {}

  @Override
  public String name() {
    return "ROCKSDB";
  }

  @Override
  public String remark() {
    return "ROCKSDB: one WriteBatch a commit, WriteOptions.sync=true, otherwise its defaults. By"
        + " default sync is off, and power loss takes what was acknowledged last.";
  }

  @Override
  public Opened open(Path folder, Durability durability) throws RocksDBException {
    RocksDB.loadLibrary();
    return new Open(folder.resolve("rows"));
  }

  private static final class Open extends GroupedStore {
    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions forced = new WriteOptions().setSync(true);
    private final WriteBatch batch = new WriteBatch();
    private final RocksDB rows;

    Open(Path folder) throws RocksDBException {
      rows = RocksDB.open(options, folder.toString());
    }

    @Override
    void put(RowKey key, byte[] body) throws RocksDBException {
      batch.put(KeyBytes.of(key), body);
    }

    @Override
    void delete(RowKey key) throws RocksDBException {
      batch.delete(KeyBytes.of(key));
    }

    @Override
    void commit() throws RocksDBException {
      rows.write(forced, batch);
      batch.clear();
    }

    @Override
    void read(Reader reader) throws Exception {
      try (RocksIterator row = rows.newIterator()) {
        for (row.seekToFirst(); row.isValid(); row.next()) {
          reader.take(KeyBytes.read(row.key()), row.value());
        }
        row.status();
      }
    }

    @Override
    public void close() {
      batch.close();
      rows.close();
      forced.close();
      options.close();
    }
  }
}
