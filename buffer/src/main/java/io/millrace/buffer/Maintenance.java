package io.millrace.buffer;

import io.millrace.buffer.internal.mending.JournalMending;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A data directory that is held to be looked at and mended, while no engine has it. Nothing is
 * mended by itself: every method that gives something up is told what, and says what it was. What
 * is cut off is moved aside, never deleted.
 *
 * <p>Needs no JVM flags, whatever filled the journal. One thread.
 */
public final class Maintenance implements AutoCloseable {

  private final DataDirectory directory;
  private final JournalMending mending;

  private Maintenance(DataDirectory directory) {
    this.directory = directory;
    this.mending =
        new JournalMending(directory.path(), directory.journalDirectory(), directory.storeId());
  }

  /**
   * Takes hold of a data directory that is there.
   *
   * @throws BufferOpenException with {@link BufferOpenException.Reason#NOT_A_DATA_DIRECTORY} if
   *     there is none; LOCKED if an engine has it; else as {@link DataDirectory#open}
   */
  public static Maintenance open(Path path) {
    JournalMending.requireDataDirectory(path);
    return new Maintenance(DataDirectory.open(path));
  }

  /** Returns which store belongs here. */
  public UUID storeId() {
    return directory.storeId();
  }

  /** Returns where the embedded store lies; it may not exist. */
  public Path storeFile() {
    return directory.storeFile();
  }

  /**
   * Reads the whole journal and says what is damaged. Changes nothing. Blocks for the disk.
   *
   * @param applied what the store applied last
   * @param codec reads what is in the records that the store has not applied
   * @throws BufferOpenException with IO if the folder cannot be read
   */
  public <M extends Mutation> Inspection inspect(RecordId applied, MutationCodec.Factory<M> codec) {
    return mending.inspect(applied, codec.newCodec());
  }

  /**
   * Cuts the journal behind a record: what is beyond is given up for good, acknowledged or not, so
   * that the directory opens again. On return the cut survives power loss.
   *
   * @param applied what the store applied last
   * @param lastKept the last record to keep: from the store's position to {@link
   *     Inspection#readableThrough}
   * @throws IllegalArgumentException if it is another; nothing changed
   * @throws BufferOpenException with IO if the disk refused; the old journal still stands
   */
  public GivenUp cut(RecordId applied, long lastKept) {
    return mending.cut(applied, lastKept);
  }

  /**
   * Pairs the store with an empty journal (rule R7), for when the journal is lost, or belongs to
   * another past of the store. Whatever was accepted and is not in the store is lost with it. On
   * return the pairing survives power loss.
   *
   * @param applied what the store applied last
   * @throws BufferOpenException with IO if the disk refused; the old journal still stands
   */
  public GivenUp pairWithEmptyJournal(RecordId applied) {
    return mending.pairWithEmptyJournal(applied);
  }

  /**
   * Brings the store up to the record before a given one, record by record, and then sets that one
   * aside (rule R11): it counts as applied, changes nothing, and is kept in the store with the
   * reason.
   *
   * @param store opened by the caller, who closes it
   * @param position a record that the store rejects, or whose content cannot be read
   * @return why it could not be applied
   * @throws IllegalArgumentException if the record can be applied, or an earlier one cannot (the
   *     message names it), or there is none; what could be applied was
   * @throws StoreException if the store refused for another reason
   * @throws BufferOpenException with IO if the disk refused
   */
  public <M extends Mutation> String setAside(
      Store<M> store, MutationCodec.Factory<M> codec, long position) throws StoreException {
    return mending.setAside(store, codec.newCodec(), position);
  }

  /** Gives the directory back. */
  @Override
  public void close() {
    directory.close();
  }
}
