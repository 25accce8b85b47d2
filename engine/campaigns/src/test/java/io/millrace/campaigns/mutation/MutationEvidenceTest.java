package io.millrace.campaigns.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.campaigns.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of PIT's reports, and that reasons are kept from run to run. */
class MutationEvidenceTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Sources SOURCES = new Sources("c0ffee00c0ffee00", true, "s+b");

  @TempDir Path repository;
  private MutationEvidence evidence;

  @BeforeEach
  void makeRepository() throws IOException {
    Path list = repository.resolve(MutationEvidence.SURVIVORS);
    Files.createDirectories(list.getParent());
    Files.writeString(list, "# What no test noticed\n\nWords.\n\n");
    evidence = new MutationEvidence(repository);
  }

  private static String mutation(String status, String method, int index, String change) {
    boolean detected = status.equals("KILLED") || status.equals("TIMED_OUT");
    return "<mutation detected='%s' status='%s' numberOfTestsRun='1'><sourceFile>Journal.java</sourceFile>"
            .formatted(detected, status)
        + "<mutatedClass>io.millrace.buffer.internal.journal.Journal$Part</mutatedClass>"
        + "<mutatedMethod>%s</mutatedMethod><methodDescription>()V</methodDescription>"
            .formatted(method)
        + "<lineNumber>%d</lineNumber><mutator>m</mutator><indexes><index>%d</index></indexes>"
            .formatted(10 + index, index)
        + "<blocks><block>0</block></blocks><killingTest/><description>%s</description></mutation>\n"
            .formatted(change);
  }

  private void report(MutationArea area, String... mutations) throws IOException {
    Path file = area.report(repository);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mutations partial=\"true\">\n"
            + String.join("", mutations)
            + "</mutations>\n");
  }

  private MutationRow record(MutationArea area) throws IOException {
    return evidence.record(area, SOURCES, CLOCK);
  }

  @Test
  void shouldCountWhatPitReports() throws IOException {
    report(
        MutationArea.JOURNAL,
        mutation("KILLED", "next", 1, "negated"),
        mutation("TIMED_OUT", "next", 2, "negated"),
        mutation("SURVIVED", "next", 3, "negated"),
        mutation("NO_COVERAGE", "close", 4, "removed call to io/millrace/buffer/Reader::close"));

    MutationRow row = record(MutationArea.JOURNAL);

    assertThat(row)
        .isEqualTo(
            new MutationRow(
                "journal",
                "2026-12-01T12:00:00Z",
                "c0ffee00c0ffee00",
                true,
                4,
                1,
                1,
                1,
                1,
                Sources.machine()));
    assertThat(evidence.rows()).containsExactly(row);
    assertThat(evidence.survivors().unexplained())
        .containsExactly(
            "journal: Journal.Part.close | removed call to Reader::close | 1",
            "journal: Journal.Part.next | negated | 3");
  }

  @Test
  void shouldKeepTheReasonsOfThoseThatStillSurvive() throws IOException {
    report(
        MutationArea.JOURNAL,
        mutation("SURVIVED", "next", 1, "negated"),
        mutation("SURVIVED", "next", 2, "negated"));
    report(MutationArea.SQLITE, mutation("SURVIVED", "open", 1, "negated"));
    record(MutationArea.SQLITE);
    record(MutationArea.JOURNAL);
    Path list = repository.resolve(MutationEvidence.SURVIVORS);
    String page = Files.readString(list);
    assertThat(page).startsWith("# What no test noticed\n\nWords.\n\n## journal\n");
    Files.writeString(
        list,
        page.replace("| negated | 2 |  |", "| negated | 2 | equal: both are the same |")
            .replace(
                "| `Journal.Part.open` | negated | 1 |  |",
                "| `Journal.Part.open` | negated | 1 | speed |"));

    report(
        MutationArea.JOURNAL,
        mutation("KILLED", "next", 1, "negated"),
        mutation("SURVIVED", "next", 2, "negated"),
        mutation("SURVIVED", "next", 7, "negated"));
    record(MutationArea.JOURNAL);

    assertThat(Files.readString(list))
        .contains("| `Journal.Part.next` | negated | 2 | equal: both are the same |")
        .contains("| `Journal.Part.open` | negated | 1 | speed |")
        .doesNotContain("| negated | 1 | equal");
    assertThat(evidence.survivors().unexplained())
        .containsExactly("journal: Journal.Part.next | negated | 3");
    assertThat(evidence.survivors().count("journal")).isEqualTo(2);
    assertThat(evidence.rows()).extracting(MutationRow::area).containsExactly("journal", "sqlite");
  }

  @Test
  void shouldPutTheFiguresIntoThePage() throws IOException {
    report(
        MutationArea.JOURNAL,
        mutation("KILLED", "next", 1, "negated"),
        mutation("KILLED", "next", 2, "negated"),
        mutation("SURVIVED", "next", 3, "negated"));
    record(MutationArea.JOURNAL);
    String page =
        """
        before
        <!-- made from PIT's reports by ./millrace evidence -->
        old
        <!-- end of PIT's -->
        """;

    String renewed = MutationEvidence.renew(page, evidence.rows());

    assertThat(renewed)
        .contains(
            "| `journal` | `io.millrace.buffer.internal.journal` | 3 | 2 | 0 | 1 | 0 | 66.6 % |")
        .contains("`c0ffee00c0ff` |")
        .contains("| all | | 3 | 2 | | | | 66.6 % | |")
        .doesNotContain("old");
    assertThat(MutationEvidence.renew(renewed, evidence.rows())).isEqualTo(renewed);
    assertThatThrownBy(() -> MutationEvidence.renew("no place", evidence.rows()))
        .hasMessageContaining("made from PIT");
  }

  @Test
  void shouldSayHowToMakeAReportThatIsMissing() {
    assertThatThrownBy(() -> record(MutationArea.REPLAY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("./millrace mutants replay");
  }

  @Test
  void shouldNameALineThatIsNoRow() {
    assertThatThrownBy(() -> SurvivorList.parse("## journal\n| `a` | b |\n"))
        .hasMessageContaining("| `a` | b |");
  }
}
