package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.storage.RecordId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which generations count, judged by headers alone (rule R3): from the newest that was really
 * begun, each header names the generation before it and the record at which that one ends.
 */
final class JournalSurvey {

  /**
   * A segment that counts.
   *
   * @param segment with its header
   * @param endsAt the last record of its generation that counts, as the next generation's header
   *     says; null in the newest
   */
  record Link(SurveyedSegment segment, @Nullable RecordId endsAt) {

    long bound() {
      return endsAt == null ? Long.MAX_VALUE : endsAt.position();
    }
  }

  private final JournalSetup setup;
  private final NavigableMap<Long, List<SurveyedSegment>> generations = new TreeMap<>();
  private final Deque<Link> chain = new ArrayDeque<>();
  private final List<SegmentName> superseded = new ArrayList<>();
  private long syncedByHeaders;

  private JournalSurvey(JournalSetup setup) {
    this.setup = setup;
  }

  /** Reads the folder and every segment's header. */
  static JournalSurvey of(JournalSetup setup) throws IOException {
    JournalSurvey survey = new JournalSurvey(setup);
    for (SegmentName name : setup.storage().list()) {
      survey
          .generations
          .computeIfAbsent(name.generation(), generation -> new ArrayList<>())
          .add(SurveyedSegment.read(setup, name));
    }
    survey.generations.values().forEach(survey::checkNonces);
    survey.follow(survey.newestThatCounts());
    return survey;
  }

  /** Returns the segments that count, oldest first. */
  List<Link> chain() {
    return List.copyOf(chain);
  }

  /** Returns the segments that do not. */
  List<SegmentName> superseded() {
    return superseded;
  }

  /** Returns the highest generation there is a segment of, 0 if there is none. */
  long highestEpoch() {
    return generations.isEmpty() ? 0 : generations.lastKey();
  }

  /**
   * Returns the highest position that the header of a generation says was synced before it: true
   * even where the generation itself does not count.
   */
  long syncedByHeaders() {
    return syncedByHeaders;
  }

  private void checkNonces(List<SurveyedSegment> generation) {
    SurveyedSegment lead = lead(generation);
    for (SurveyedSegment segment : generation) {
      if (lead != null
          && segment.header() != null
          && segment.header().nonce() != lead.begun().nonce()) {
        throw Refusals.corrupt(
            "two segments of one generation come from different lives",
            "file=" + setup.storage().describe(segment.name()));
      }
    }
  }

  private long newestThatCounts() throws IOException {
    for (List<SurveyedSegment> generation : generations.descendingMap().values()) {
      SurveyedSegment lead = lead(generation);
      if (lead == null) {
        continue;
      }
      if (lead.name().number() == 1) {
        syncedByHeaders = Math.max(syncedByHeaders, lead.predecessorPosition());
      }
      if (counts(lead, generation)) {
        return lead.name().generation();
      }
    }
    return 0;
  }

  /** A generation that began with copies counts once a frame of it says that they are synced. */
  private boolean counts(SurveyedSegment lead, List<SurveyedSegment> generation)
      throws IOException {
    long copiedThrough = lead.begun().copiedThrough();
    if (copiedThrough <= lead.predecessorPosition()) {
      return true;
    }
    for (SurveyedSegment segment : generation) {
      if (segment.header() == null) {
        continue;
      }
      if (segment.synced() >= copiedThrough) {
        return true;
      }
      try (FrameScanner frames =
          new FrameScanner(
              setup.storage().open(segment.name()), OptionalLong.of(segment.header().nonce()))) {
        while (frames.next()) {
          if (frames.synced() >= copiedThrough) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Checks a segment of the newest generation that has no header. It was made in one length with
   * the others of its life and never written to; a shorter one has lost what it held.
   */
  private void checkLength(SurveyedSegment segment, SurveyedSegment lead) {
    if (segment.header() == null && segment.length() < lead.begun().fileBytes()) {
      throw Refusals.cutOff(
          segment.length(),
          lead.begun().fileBytes(),
          "file=" + setup.storage().describe(segment.name()));
    }
  }

  private void follow(long newest) {
    long generation = newest;
    @Nullable RecordId endsAt = null;
    while (generations.containsKey(generation)) {
      List<SurveyedSegment> segments = generations.get(generation);
      SurveyedSegment lead = lead(segments);
      if (lead == null) {
        break;
      }
      if (generation == newest) {
        segments.forEach(segment -> checkLength(segment, lead));
      }
      for (int i = segments.size() - 1; i >= 0; i--) {
        add(segments.get(i), endsAt);
      }
      endsAt = lead.begun().predecessor();
      if (lead.name().number() > 1 || endsAt.epoch() >= generation) {
        break;
      }
      generation = endsAt.epoch();
    }
    for (List<SurveyedSegment> segments : generations.values()) {
      for (SurveyedSegment segment : segments) {
        if (chain.stream().noneMatch(link -> link.segment().equals(segment))) {
          superseded.add(segment.name());
        }
      }
    }
  }

  private void add(SurveyedSegment segment, @Nullable RecordId endsAt) {
    if (segment.header() == null) {
      return;
    }
    boolean beyondTheEnd = endsAt != null && segment.predecessorPosition() >= endsAt.position();
    if (!beyondTheEnd) {
      chain.addFirst(new Link(segment, endsAt));
    }
  }

  private static @Nullable SurveyedSegment lead(List<SurveyedSegment> generation) {
    for (SurveyedSegment segment : generation) {
      if (segment.header() != null) {
        return segment;
      }
    }
    return null;
  }
}
