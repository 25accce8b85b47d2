package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.DataDirectory;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.RecoveredPipeline;
import io.millrace.buffer.Recovery;
import io.millrace.buffer.StoreOpener;
import io.millrace.buffer.internal.counters.CountersPage;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.journal.RecoveryReport;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.chronicle.ChronicleGeometry;
import io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage;
import io.millrace.buffer.internal.segment.chronicle.JvmFlags;
import io.millrace.buffer.internal.segment.files.FilesSegmentStorage;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a data directory from the lock inwards: lock, store, segments, journal, replay. Whatever
 * fails, what was opened is closed again, innermost first.
 */
public final class DataDirectories {

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectories.class);

  private DataDirectories() {}

  /** See {@link io.millrace.buffer.Pipelines#recover}. */
  public static <M extends Mutation, S extends Store<M>> RecoveredPipeline<M, S> recover(
      Path path, StoreOpener<S> opener, MutationCodec.Factory<M> codecs, BufferOptions options) {
    if (options.journalKind() == JournalKind.CHRONICLE) {
      // Before anything is made: whoever lacks the flags finds no half-made directory afterwards.
      JvmFlags.read().require();
    }
    return recover(path, opener, codecs, options, DataDirectories::segments);
  }

  /** As the other, over segments that are not the options'. */
  public static <M extends Mutation, S extends Store<M>> RecoveredPipeline<M, S> recover(
      Path path,
      StoreOpener<S> opener,
      MutationCodec.Factory<M> codecs,
      BufferOptions options,
      SegmentsOpener segments) {
    long startedAt = Clock.SYSTEM.nanos();
    OpenedThings opened = new OpenedThings();
    try {
      DataDirectory directory = opened.add("the data directory", DataDirectory.open(path));
      S store = opened.add("the store", opener.open(directory.storeFile(), directory.storeId()));
      SegmentStorage storage =
          opened.add("the segments", segments.open(directory.journalDirectory(), options));
      long storePosition = store.applied().position();
      SecureRandom random = new SecureRandom();
      Journal journal =
          opened.add(
              "the journal",
              Journal.open(
                  new JournalSetup(
                      storage, directory.storeId(), random::nextLong, options.recordBytesMax()),
                  store.applied()));
      JournalLife<M> life =
          new JournalLife<>(
              new JournalLife.Parts<>(journal, storage, store, codecs),
              options,
              Clock.SYSTEM,
              opened::closeAll);
      opened.add("the flusher", () -> life.flush().closeTail());
      life.showOn(
          opened.add(
              "the page of live figures",
              CountersPage.open(directory.path(), directory.storeId(), journal.epoch())));
      Replay.run(life, options.recoveryRetryTimeout(), Clock.SYSTEM, LockSupport::parkNanos);
      Recovery recovery = recovery(journal.report(), storePosition, startedAt);
      LOG.info("recovered, directory={} {} {}", path, journal.report().summary(), recovery);
      return new RecoveredJournal<>(life, store, directory.storeId(), recovery);
    } catch (StoreException e) {
      throw opened.closeAfter(storeRefused(e));
    } catch (IOException e) {
      throw opened.closeAfter(
          new BufferOpenException(
              Reason.IO, "the journal's segments cannot be opened, path=" + path + ": " + e, e));
    } catch (RuntimeException e) {
      throw opened.closeAfter(e);
    } catch (Error e) {
      throw opened.closeAfter(e);
    }
  }

  private static SegmentStorage segments(Path folder, BufferOptions options) throws IOException {
    return switch (options.journalKind()) {
      case FILES ->
          new FilesSegmentStorage(
              folder, options.segmentBytes(), FilesSegmentStorage.DEFAULT_APPEND_BYTES_MAX);
      case CHRONICLE ->
          ChronicleSegmentStorage.open(folder, ChronicleGeometry.holding(options.segmentBytes()));
    };
  }

  private static BufferOpenException storeRefused(StoreException e) {
    if (e instanceof StoreException.Busy) {
      return new BufferOpenException(
          Reason.LOCKED, "an outside process holds the store: " + e.getMessage(), e);
    }
    return new BufferOpenException(Reason.IO, "the store cannot be opened: " + e.getMessage(), e);
  }

  private static Recovery recovery(RecoveryReport report, long storePosition, long startedAt) {
    return new Recovery(
        report.epoch(),
        storePosition,
        report.last().position(),
        report.last().position() - storePosition,
        report.cutRecords(),
        report.copiedRecords(),
        Duration.ofNanos(Clock.SYSTEM.nanos() - startedAt));
  }
}
