package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.testing.Damage;
import io.millrace.storage.orchestration.RowMutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looking at, cutting and pairing real directories that were really damaged. */
class MaintenanceCommandsTest {

  @TempDir Path temporary;

  /** Records 1 to 30 are in the store, 31 to 70 in the journal alone, over several files. */
  private TimerDirectory directory(JournalKind kind) {
    return new TimerDirectory(temporary.resolve("data"), kind).write(1, 30).write(31, 70);
  }

  private static List<Long> records(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static Invocation run(TimerDirectory directory, String command, String... more) {
    return Invocation.of(
        Stream.concat(Stream.of(command, directory.path().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindNothingWhenNothingIsDamaged(JournalKind kind) throws Exception {
    TimerDirectory directory = directory(kind);
    Invocation verify = run(directory, "verify");
    assertThat(verify.out())
        .contains("position 30", "synced through 70", "readable through 70", "nothing is damaged");
    assertThat(verify.status()).isZero();
    JsonNode verified = json(run(directory, "verify", "--json"));
    assertThat(verified.at("/sound").asBoolean()).isTrue();
    assertThat(verified.at("/advice").isNull()).isTrue();
    assertThat(verified.at("/store/position").asLong()).isEqualTo(30);
    assertThat(verified.at("/journal/syncedThrough").asLong()).isEqualTo(70);
    assertThat(run(directory, "repair", "--to", "70").out()).contains("nothing was changed");
    assertThat(json(run(directory, "repair", "--to", "70", "--json")).at("/changed").asBoolean())
        .isFalse();
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, 70));
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameTheDamagedRecordAndKeepWhatLiesBeforeIt(JournalKind kind)
      throws IOException, SQLException {
    TimerDirectory directory = directory(kind);
    Damage damage = directory.journal();
    Damage.Frame frame = damage.framesOf(50).get(0);
    directory.become(damage.flipBitInRecord(50));
    assertThatThrownBy(directory::open)
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("position=50")
        .hasMessageContaining("millrace verify");

    Invocation verify = run(directory, "verify");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(verify.out())
        .contains(directory.file(frame.segment()) + " offset ")
        .contains("record 50: damaged or missing, and was synced")
        .contains("repair " + directory.path() + " --to 49");
    long offset = offsetSaid(verify.out());
    assertThat(offset).isBetween((long) frame.offset() - 4096, (long) frame.offset());
    Invocation asJson = run(directory, "verify", "--json");
    assertThat(asJson.status()).isEqualTo(Main.FAILED);
    JsonNode verified = json(asJson);
    assertThat(verified.at("/sound").asBoolean()).isFalse();
    assertThat(verified.at("/advice").asText()).contains("--to 49");
    assertThat(verified.at("/findings/0/kind").asText()).isEqualTo("lost");
    assertThat(verified.at("/findings/0/firstPosition").asLong()).isEqualTo(50);
    assertThat(verified.at("/findings/0/offset").asLong()).isEqualTo(offset);

    Invocation tooFar = run(directory, "repair", "--to", "60");
    assertThat(tooFar.status()).isEqualTo(Main.USAGE);
    assertThat(tooFar.err()).contains("without a gap, 49, position=60");

    Invocation repair = run(directory, "repair", "--to", "49");
    assertThat(repair.err()).isEmpty();
    assertThat(repair.status()).isZero();
    assertThat(repair.out())
        .contains("kept everything through record 49")
        .contains("given up: record 50, 1 in all, damaged or missing")
        .contains("given up: records 51 to 70, 20 in all, readable")
        .contains("journal.given-up-1");
    assertThat(run(directory, "verify").out()).contains("nothing is damaged");
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, 49));
    assertThat(directory.write(50, 52).recordsAfterOpening()).isEqualTo(records(1, 52));
  }

  private static JsonNode json(Invocation invocation) throws IOException {
    assertThat(invocation.err()).isEmpty();
    return new ObjectMapper().readTree(invocation.out());
  }

  private static long offsetSaid(String out) {
    String line = out.lines().filter(said -> said.contains("record 50:")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceFirst(".* offset (\\d+) .*", "$1"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepWhatLiesBeforeAMissingFile(JournalKind kind) throws IOException, SQLException {
    TimerDirectory directory = directory(kind);
    Damage damage = directory.journal();
    SegmentName last = damage.lastFrame().segment();
    long first =
        damage.frames().stream()
            .filter(frame -> frame.segment().equals(last) && frame.position() > 0)
            .findFirst()
            .orElseThrow()
            .position();
    SegmentName middle = new SegmentName(last.generation(), last.number() - 1);
    long lost =
        damage.frames().stream()
            .filter(frame -> frame.segment().equals(middle) && frame.position() > 0)
            .findFirst()
            .orElseThrow()
            .position();
    directory.become(damage.delete(middle));
    Invocation verify = run(directory, "verify");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(verify.out()).contains("records " + lost + " to " + (first - 1));
    assertThat(run(directory, "repair", "--to", String.valueOf(lost - 1)).status()).isZero();
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, lost - 1));
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepWhatAnotherFileOfTheSameLifeMakesReadable(JournalKind kind)
      throws IOException, SQLException {
    TimerDirectory directory = directory(kind);
    Damage damage = directory.journal();
    SegmentName newest = damage.lastFrame().segment();
    Damage.Frame header =
        damage.frames().stream()
            .filter(frame -> frame.segment().equals(newest))
            .findFirst()
            .orElseThrow();
    directory.become(damage.flipBit(newest, header.offset() + 40, 1));
    assertThatThrownBy(directory::open).isInstanceOf(BufferOpenException.class);
    Invocation verify = run(directory, "verify");
    assertThat(verify.out()).contains(directory.file(newest) + " file:", "readable through 70");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(run(directory, "repair", "--to", "70").status()).isZero();
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, 70));
  }

  @ParameterizedTest
  @EnumSource
  void shouldCallATornEndHarmless(JournalKind kind) throws IOException, SQLException {
    TimerDirectory directory = directory(kind);
    Damage damage = directory.journal();
    damage.frames().stream()
        .filter(frame -> frame.kind() == 3 && frame.segment().equals(damage.lastFrame().segment()))
        .toList()
        .forEach(damage::blank);
    Damage.Frame last = damage.framesOf(70).get(0);
    damage.zero(last.segment(), last.offset() + 512, last.end());
    directory.become(damage);
    Invocation verify = run(directory, "verify");
    assertThat(verify.out()).contains("harmless", "torn by a crash", "nothing is damaged");
    assertThat(verify.status()).isZero();
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, 69));
  }

  @Test
  void r7_shouldPairAStoreAnewWhenItsJournalIsLost() throws IOException, SQLException {
    TimerDirectory directory = directory(JournalKind.FILES);
    deleteTree(directory.path().resolve("journal"));
    assertThatThrownBy(directory::open).hasMessageContaining("millrace restore");
    Invocation verify = run(directory, "verify");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(verify.out()).contains("journal and store", "./millrace restore");
    Invocation restore = run(directory, "restore");
    assertThat(restore.err()).isEmpty();
    assertThat(restore.out()).contains("stands at record 30", "may be missing");
    assertThat(directory.write(31, 33).recordsAfterOpening()).isEqualTo(records(1, 33));
  }

  @Test
  void r7_shouldDropAJournalWithRecordsOfTheStoreOnlyWhenToldTo() throws Exception {
    TimerDirectory directory = directory(JournalKind.FILES);
    Invocation restore = run(directory, "restore");
    assertThat(restore.status()).isEqualTo(Main.USAGE);
    assertThat(restore.err()).contains("belong together", "--give-up");
    JsonNode forced = json(run(directory, "restore", "--give-up", "--json"));
    assertThat(forced.at("/keptThrough").asLong()).isEqualTo(30);
    assertThat(forced.at("/givenUp")).hasToString("[{\"first\":31,\"last\":70,\"readable\":true}]");
    assertThat(forced.at("/movedTo").asText()).contains("journal.given-up-1");
    assertThat(directory.recordsAfterOpening()).isEqualTo(records(1, 30));
  }

  @Test
  void r7_shouldNotKeepRecordsOfAnotherPast() throws IOException, SQLException {
    TimerDirectory one = directory(JournalKind.FILES);
    Path copy = temporary.resolve("copy");
    copyTree(one.path(), copy);
    TimerDirectory other = new TimerDirectory(copy, JournalKind.FILES);
    // Both go on by themselves; then one gets the other's journal.
    assertThat(one.write(71, 80).recordsAfterOpening()).isEqualTo(records(1, 80));
    assertThat(other.write(71, 90).recordsAfterOpening()).isEqualTo(records(1, 90));
    deleteTree(one.path().resolve("journal"));
    copyTree(copy.resolve("journal"), one.path().resolve("journal"));
    Invocation verify = run(one, "verify");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(verify.out()).contains("different pasts", "./millrace restore");
    Invocation repair = run(one, "repair", "--to", "85");
    assertThat(repair.status()).isEqualTo(Main.USAGE);
    assertThat(repair.err()).contains("another past");
    assertThat(run(one, "restore").status()).isZero();
    assertThat(one.recordsAfterOpening()).isEqualTo(records(1, 80));
  }

  @Test
  void r11_shouldSetARecordAsideThatTheStoreRejects() throws SQLException {
    TimerDirectory directory = directory(JournalKind.FILES);
    try (WriteAheadBuffer<RowMutation> buffer = directory.open()) {
      buffer.write(TimerDirectory.record(71)).join();
      // A key that was used before.
      buffer.write(TimerDirectory.record(3)).join();
      buffer.write(TimerDirectory.record(73)).join();
    }
    assertThatThrownBy(directory::open).hasMessageContaining("--set-aside");
    Invocation early = run(directory, "repair", "--set-aside", "71");
    assertThat(early.status()).isEqualTo(Main.USAGE);
    assertThat(early.err()).contains("can be applied, and was");
    Invocation late = run(directory, "repair", "--set-aside", "73");
    assertThat(late.err()).contains("set that one aside first, position=72");
    Invocation aside = run(directory, "repair", "--set-aside", "72");
    assertThat(aside.err()).isEmpty();
    assertThat(aside.out()).contains("record 72 was set aside");
    assertThat(run(directory, "verify").out())
        .contains("record 72 was set aside: a mutation does not fit")
        .contains("nothing is damaged");
    List<Long> all = Stream.concat(records(1, 71).stream(), Stream.of(73L)).toList();
    assertThat(directory.recordsAfterOpening()).isEqualTo(all);
  }

  @Test
  void shouldSeeDamageInTheStore() throws IOException {
    TimerDirectory directory = directory(JournalKind.FILES);
    try (FileChannel store =
        FileChannel.open(directory.path().resolve("store.db"), StandardOpenOption.WRITE)) {
      store.write(ByteBuffer.allocate(3 * 4096), store.size() / 2);
    }
    Invocation verify = run(directory, "verify");
    assertThat(verify.status()).isEqualTo(Main.FAILED);
    assertThat(verify.out()).contains("DAMAGED  store:", "restore the directory from a backup");
    assertThat(run(directory, "repair", "--to", "30").err()).contains("restore the directory");
  }

  @Test
  void shouldRefuseWhatIsNoDataDirectoryOrIsInUse() {
    Invocation nothing = Invocation.of("verify", temporary.resolve("none").toString());
    assertThat(nothing.status()).isEqualTo(Main.USAGE);
    assertThat(nothing.err()).contains("expected a data directory");
    assertThat(temporary.resolve("none")).doesNotExist();
    TimerDirectory directory = new TimerDirectory(temporary.resolve("used"), JournalKind.FILES);
    try (WriteAheadBuffer<RowMutation> buffer = directory.open()) {
      assertThat(buffer.failure()).isEmpty();
      Invocation used = run(directory, "verify");
      assertThat(used.status()).isEqualTo(Main.USAGE);
      assertThat(used.err()).contains(String.valueOf(ProcessHandle.current().pid()));
    }
  }

  private static void deleteTree(Path root) throws IOException {
    new TemporaryDirectory(root).close();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        if (!each.endsWith("LOCK")) {
          Files.copy(each, to.resolve(from.relativize(each)));
        }
      }
    }
  }
}
