package io.millrace.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of a campaign, and how the page sums it up. */
class LedgerTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final Sources CLEAN = new Sources("c0ffee", true, "s+b");

  @TempDir Path temporary;

  /** Keeps every promise but that of one seed. */
  private record Counting(long broken) implements Campaign {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Result run(long first, long count, Listener listener) {
      if (broken >= first && broken < first + count) {
        throw new BrokenPromiseException("seed=" + broken, null);
      }
      listener.done(count, 3 * count);
      return new Result(count, 3 * count, "fine");
    }
  }

  private LedgerRun run(long broken, Sources sources) {
    return new LedgerRun(new Counting(broken), ledger(), sources, CLOCK, () -> 0);
  }

  private Ledger ledger() {
    return new Ledger(temporary.resolve("a/ledger.jsonl"));
  }

  @Test
  void shouldWriteARowForEachPartAndGoOnBehindTheLast() throws Exception {
    Campaign.Result all = run(-1, CLEAN).run(1, 25, 10, (count, kept) -> {});
    assertThat(all).isEqualTo(new Campaign.Result(25, 75, "fine"));
    assertThat(ledger().rows())
        .extracting(LedgerRow::first, LedgerRow::count, LedgerRow::result)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 10L, "kept"),
            org.assertj.core.groups.Tuple.tuple(11L, 10L, "kept"),
            org.assertj.core.groups.Tuple.tuple(21L, 5L, "kept"));
    assertThat(run(-1, CLEAN).resumeFrom(1)).isEqualTo(26);
    assertThat(run(-1, new Sources("c0ffee", true, "others")).resumeFrom(1)).isEqualTo(1);
  }

  @Test
  void shouldWriteDownWhatWasBroken() throws Exception {
    assertThatThrownBy(() -> run(12, CLEAN).run(1, 25, 10, (count, kept) -> {}))
        .isInstanceOf(BrokenPromiseException.class);
    assertThat(ledger().rows())
        .extracting(LedgerRow::result)
        .containsExactly("kept", "BROKEN: seed=12");
    assertThat(run(-1, CLEAN).resumeFrom(1)).isEqualTo(11);
  }

  @Test
  void shouldCountOnlyRowsOfACleanTree() throws Exception {
    run(-1, CLEAN).run(1, 10, 10, (count, kept) -> {});
    run(-1, new Sources("c0ffee", false, "s+b")).run(11, 10, 10, (count, kept) -> {});
    String page =
        "before\n<!-- made from the ledger by ./millrace evidence -->\nold\n<!-- end -->\nafter\n";
    String renewed = EvidencePage.renew(page, ledger().rows());
    assertThat(renewed)
        .startsWith("before\n")
        .endsWith("<!-- end -->\nafter\n")
        .contains("| `counting` | `s+b` | 10 | 30 | 0 |")
        .doesNotContain("old");
    assertThat(EvidencePage.renew(renewed, ledger().rows())).isEqualTo(renewed);
    assertThat(EvidencePage.renew(page, List.of())).contains("No campaign");
  }

  @Test
  void shouldNameALineThatIsNoRow() throws IOException {
    Path file = temporary.resolve("ledger.jsonl");
    Files.writeString(file, "gone\n");
    assertThatThrownBy(() -> new Ledger(file).rows()).hasMessageContaining("line=1");
  }
}
