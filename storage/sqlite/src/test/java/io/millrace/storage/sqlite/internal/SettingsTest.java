package io.millrace.storage.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOpenException.Reason;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.internal.Settings.Setting;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path directory;

  @Test
  void shouldRefuseAValueThatSqliteQuietlyTakesForAnother() throws Exception {
    try (Connection connection = StoreFiles.at(directory.resolve("a.db")).connect()) {
      Setting trap = new Setting("synchronous", "WAL", "WAL");

      assertThatThrownBy(() -> Settings.apply(connection, List.of(trap)))
          .isInstanceOf(SqliteOpenException.class)
          .hasMessageContaining("pragma=synchronous wanted=WAL got=1")
          .extracting(e -> ((SqliteOpenException) e).reason())
          .isEqualTo(Reason.BAD_SETTING);
    }
  }

  @Test
  void shouldRefuseASettingThatSqliteDoesNotKnow() throws Exception {
    try (Connection connection = StoreFiles.at(directory.resolve("a.db")).connect()) {
      assertThatThrownBy(
              () -> Settings.apply(connection, List.of(new Setting("fullsync", "1", "1"))))
          .hasMessageContaining("pragma=fullsync wanted=1 got=");
    }
  }

  @Test
  void shouldHaveEverySettingOfTheWriterInForce() throws Exception {
    SqliteOptions options = SqliteOptions.builder().pageSizeBytes(8192).build();
    try (Connection connection = StoreFiles.at(directory.resolve("a.db")).connect()) {
      Settings.apply(connection, Settings.forNewFile(options));
      Settings.apply(connection, Settings.forWriter(options));

      assertThat(Settings.text(connection, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(Settings.number(connection, "PRAGMA synchronous")).isEqualTo(1);
      assertThat(Settings.number(connection, "PRAGMA page_size")).isEqualTo(8192);
      assertThat(Settings.number(connection, "PRAGMA cache_size")).isEqualTo(-65_536);
      assertThat(Settings.number(connection, "PRAGMA wal_autocheckpoint")).isZero();
      assertThat(Settings.number(connection, "PRAGMA trusted_schema")).isZero();
      assertThat(Settings.number(connection, "PRAGMA cell_size_check")).isEqualTo(1);
    }
  }

  @Test
  void shouldNotLoadExtensions() throws Exception {
    try (Connection connection = StoreFiles.at(directory.resolve("a.db")).connect()) {
      assertThatThrownBy(() -> Settings.text(connection, "SELECT load_extension('anything')"))
          .hasMessageContaining("not authorized");
    }
  }

  @Test
  void shouldRefuseASqliteThatMayLosePages() {
    for (String old : List.of("3.51.2", "3.50.7", "3.7.0", "2.99.99", "3.51")) {
      assertThatThrownBy(() -> Settings.requireRecent(old))
          .isInstanceOf(SqliteOpenException.class)
          .hasMessageContaining("sqlite_version=" + old);
    }
    for (String recent : List.of("3.51.3", "3.53.0", "3.54.1", "4.0.0")) {
      assertThatCode(() -> Settings.requireRecent(recent)).doesNotThrowAnyException();
    }
  }
}
