package io.millrace.docs;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.storage.ByteSink;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.sqlite.MutationWriter;
import io.millrace.storage.sqlite.SqlStatement;
import io.millrace.storage.sqlite.SqlWriter;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteStore;
import io.millrace.storage.sqlite.SqliteTables;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A program that writes sensor readings into a table of its own, with no orchestration in sight.
 */
final class SensorReadings {

  private SensorReadings() {}

  // snippet: mutation
  /** A new reading; a sensor gives at most one each millisecond. */
  record Reading(long sensor, long atMillis, double celsius) implements Mutation {
    record Key(long sensor, long atMillis) {}

    @Override
    public Kind kind() {
      return Kind.INSERT;
    }

    @Override
    public Key key() {
      return new Key(sensor, atMillis);
    }
  }

  // end

  // snippet: codec
  /** The bytes of a reading in the journal: three numbers. */
  static final class ReadingCodec implements MutationCodec<Reading> {
    private final byte[] scratch = new byte[24];

    @Override
    public void encode(Reading reading, ByteSink sink) {
      ByteBuffer.wrap(scratch)
          .putLong(reading.sensor())
          .putLong(reading.atMillis())
          .putDouble(reading.celsius());
      sink.write(scratch, 0, scratch.length);
    }

    @Override
    public Reading decode(byte[] bytes, int offset, int length) throws MalformedMutationException {
      if (length != scratch.length) {
        throw new MalformedMutationException("expected 24 bytes, length=" + length, null);
      }
      ByteBuffer form = ByteBuffer.wrap(bytes, offset, length);
      return new Reading(form.getLong(), form.getLong(), form.getDouble());
    }
  }

  // end

  // snippet: tables
  /** The table, and how a reading gets into it. */
  static final class ReadingTables implements SqliteTables<Reading> {
    @Override
    public String name() {
      return "readings";
    }

    @Override
    public List<String> migrations() {
      return List.of(
          """
          CREATE TABLE readings (
            sensor INTEGER NOT NULL, at_millis INTEGER NOT NULL, celsius REAL NOT NULL,
            PRIMARY KEY (sensor, at_millis)) STRICT, WITHOUT ROWID
          """);
    }

    @Override
    public MutationWriter<Reading> writer(SqlWriter sql) throws SQLException {
      SqlStatement insert = sql.insert("readings", "sensor", "at_millis", "celsius");
      return reading ->
          insert.bind(reading.sensor()).bind(reading.atMillis()).bind(reading.celsius()).add();
    }
  }

  // end

  // snippet: open
  static WriteAheadBuffer<Reading> open(Path directory) {
    return WriteAheadBuffer.open(
        directory,
        (file, storeId) ->
            SqliteStore.open(file, storeId, new ReadingTables(), SqliteOptions.defaults()),
        ReadingCodec::new,
        BufferOptions.builder().build());
  }
  // end
}
