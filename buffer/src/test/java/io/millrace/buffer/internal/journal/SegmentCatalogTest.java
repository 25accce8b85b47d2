package io.millrace.buffer.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.internal.segment.SegmentName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which segment holds what, and which may go (R9). */
class SegmentCatalogTest {

  private static final SegmentName ONE = new SegmentName(1, 1);
  private static final SegmentName TWO = new SegmentName(1, 2);
  private static final SegmentName THREE = new SegmentName(2, 1);

  private final SegmentCatalog catalog = new SegmentCatalog();

  private void add(SegmentName name, long first) {
    catalog.add(new SegmentCatalog.Entry(name, 7, first, SegmentCatalog.OPEN_END));
  }

  private @Nullable SegmentName holding(long position) {
    SegmentCatalog.Entry entry = catalog.holding(position);
    return entry == null ? null : entry.name();
  }

  @Test
  void shouldEndASegmentWhereTheNextBegins() {
    add(ONE, 1);
    add(TWO, 11);
    assertThat(holding(0)).isNull();
    assertThat(holding(1)).isEqualTo(ONE);
    assertThat(holding(10)).isEqualTo(ONE);
    assertThat(holding(11)).isEqualTo(TWO);
    assertThat(holding(1_000_000)).isEqualTo(TWO);
  }

  @Test
  void shouldKeepTheEndOfASegmentThatHadOne() {
    catalog.add(new SegmentCatalog.Entry(ONE, 7, 1, 5));
    add(TWO, 11);
    assertThat(holding(5)).isEqualTo(ONE);
    assertThat(holding(6)).as("nobody has it").isNull();
  }

  @Test
  void r9_shouldLetGoOnlyWhatLiesStrictlyBelowAndNeverTheNewest() {
    add(ONE, 1);
    add(TWO, 11);
    add(THREE, 21);
    assertThat(catalog.below(10)).as("the tenth is needed for the pair").isEmpty();
    assertThat(catalog.below(11)).containsExactly(ONE);
    assertThat(catalog.below(20)).containsExactly(ONE);
    assertThat(catalog.below(21)).containsExactly(ONE, TWO);
    assertThat(catalog.below(Long.MAX_VALUE)).containsExactly(ONE, TWO);
  }

  @Test
  void r6_shouldLetGoWhatIsSupersededOnceItsEndIsDurableOldestFirst() {
    add(TWO, 11);
    add(THREE, 21);
    catalog.supersede(List.of(ONE), 15);
    assertThat(catalog.below(15)).isEmpty();
    assertThat(catalog.below(16)).containsExactly(ONE);
    assertThat(catalog.below(21)).containsExactly(ONE, TWO);
    assertThat(catalog.size()).isEqualTo(3);
    catalog.remove(ONE);
    catalog.remove(TWO);
    assertThat(catalog.below(30)).isEmpty();
    assertThat(catalog.size()).isEqualTo(1);
    assertThat(holding(12)).isNull();
  }
}
