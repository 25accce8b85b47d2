package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SqliteOptionsTest {

  @Test
  void shouldHoldTheDefaultsThatTheDesignNames() {
    SqliteOptions options = SqliteOptions.defaults();

    assertThat(options.synchronous()).isEqualTo(Synchronous.NORMAL);
    assertThat(options.cacheBytes()).isEqualTo(64L << 20);
  }

  @Test
  void shouldNameTheOptionAndTheValueWhenOutOfRange() {
    refuses(SqliteOptions.builder().cacheBytes(1), "cacheBytes=1");
    refuses(SqliteOptions.builder().readerCacheBytes(-1), "readerCacheBytes=-1");
    refuses(SqliteOptions.builder().pageSizeBytes(256), "pageSizeBytes=256");
    refuses(SqliteOptions.builder().pageSizeBytes(5000), "pageSizeBytes=5000");
    refuses(SqliteOptions.builder().busyTimeout(Duration.ofSeconds(-1)), "busyTimeout=PT-1S");
    refuses(SqliteOptions.builder().walBytesMax(0), "walBytesMax=0");
    refuses(SqliteOptions.builder().readers(0), "readers=0");
    refuses(SqliteOptions.builder().readers(65), "readers=65");
    refuses(SqliteOptions.builder().readerWait(Duration.ofHours(1)), "readerWait=PT1H");
    refuses(SqliteOptions.builder().readTimeLimit(Duration.ZERO), "readTimeLimit=PT0S");
    refuses(SqliteOptions.builder().checkTimeLimit(Duration.ofDays(1)), "checkTimeLimit=PT24H");
  }

  private static void refuses(SqliteOptions.Builder builder, String found) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(found);
  }
}
