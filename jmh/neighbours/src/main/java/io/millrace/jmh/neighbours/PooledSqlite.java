package io.millrace.jmh.neighbours;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** One connection to a SQLite file for all threads: nobody waits in SQLite's own, sleeping way. */
final class PooledSqlite {

  private static final int CONNECTIONS = 1;

  private PooledSqlite() {}

  /** Opens a pool, and checks that what is committed through it is forced. */
  static HikariDataSource open(Path file) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(SqliteSettings.source(file));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setPoolName("neighbours");
    HikariDataSource pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection()) {
      SqliteSettings.check(connection);
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
    return pool;
  }
}
