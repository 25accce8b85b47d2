package io.millrace.buffer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a data directory's journal, beside its store.
 *
 * @param storePosition the record that the store applied last
 * @param syncedThrough the highest position that a mark, or the store, says was synced
 * @param readableThrough how far records can be read without a gap, from the store's position on
 * @param lastSeen the highest position of which anything is known
 * @param segments how many journal files there are
 * @param records how many records in them can be read
 * @param findings what is not as it should be, harmless things included
 * @param refusal why an opening would be refused, in its words; null if it would not
 */
public record Inspection(
    long storePosition,
    long syncedThrough,
    long readableThrough,
    long lastSeen,
    int segments,
    long records,
    List<Finding> findings,
    @Nullable String refusal) {

  /** Copies the findings. */
  public Inspection {
    findings = List.copyOf(findings);
  }

  /** Tells whether the directory opens and nothing that was acknowledged is missing. */
  public boolean sound() {
    return refusal == null && findings.stream().noneMatch(finding -> finding.kind().isHarmful());
  }
}
