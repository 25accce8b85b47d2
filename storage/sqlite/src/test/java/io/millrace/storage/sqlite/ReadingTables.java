package io.millrace.storage.sqlite;

import java.sql.SQLException;
import java.util.List;

/** All that a program with one table of its own has to say. */
final class ReadingTables implements SqliteTables<Reading> {

  static final String VERSION_1 =
      """
      CREATE TABLE readings (
        sensor INTEGER NOT NULL, at_millis INTEGER NOT NULL, celsius REAL NOT NULL,
        PRIMARY KEY (sensor, at_millis)) STRICT, WITHOUT ROWID
      """;

  private final List<String> migrations;

  ReadingTables(String... migrations) {
    this.migrations = List.of(migrations);
  }

  static ReadingTables today() {
    return new ReadingTables(VERSION_1);
  }

  @Override
  public String name() {
    return "readings";
  }

  @Override
  public List<String> migrations() {
    return migrations;
  }

  @Override
  public MutationWriter<Reading> writer(SqlWriter sql) throws SQLException {
    String[] columns = {"sensor", "at_millis", "celsius"};
    SqlStatement insert = sql.insert("readings", columns);
    SqlStatement upsert = sql.upsert("readings", List.of("sensor", "at_millis"), columns);
    SqlStatement delete = sql.statement("DELETE FROM readings WHERE sensor = ? AND at_millis = ?");
    SqlStatement deleteSensor = sql.statement("DELETE FROM readings WHERE sensor = ?");
    return reading -> {
      if (reading instanceof Reading.Taken taken) {
        insert.bind(taken.key().sensor()).bind(taken.key().atMillis()).bind(taken.celsius()).add();
      } else if (reading instanceof Reading.Corrected put) {
        upsert.bind(put.key().sensor()).bind(put.key().atMillis()).bind(put.celsius()).add();
      } else if (reading instanceof Reading.Withdrawn withdrawn) {
        delete.bind(withdrawn.key().sensor()).bind(withdrawn.key().atMillis()).add();
      } else if (reading instanceof Reading.SensorRemoved removed) {
        deleteSensor.bind(removed.sensor()).add();
      }
    };
  }
}
