package io.millrace.campaigns.disks;

import io.millrace.campaigns.Folders;
import java.io.IOException;
import java.nio.file.Path;

/** A data directory, a part of which lies on a disk that misbehaves. */
final class SplitDirectory implements AutoCloseable {

  private final FaultyDisk disk;
  private final Path data;
  private final Path journal;
  private final Path journalLies;
  private final boolean isSplit;

  /**
   * Makes its folders.
   *
   * @param rest on the machine's own disk
   */
  SplitDirectory(FaultyDisk disk, Path rest, Victim victim)
      throws IOException, InterruptedException {
    this.disk = disk;
    isSplit = victim != Victim.BOTH;
    data = (victim == Victim.JOURNAL ? rest : disk.path()).resolve("data");
    journal = data.resolve("journal");
    journalLies = (victim == Victim.JOURNAL ? disk.path() : rest).resolve("journal-lies-here");
    Folders.makePrivate(data);
    if (isSplit) {
      Folders.makePrivate(journal);
      Folders.makePrivate(journalLies);
      disk.bind(journalLies, journal);
    }
  }

  /** Returns the data directory. */
  Path path() {
    return data;
  }

  /** Unmounts, checks and mounts the disk again. Nobody may have the directory open. */
  void remount() throws IOException, InterruptedException {
    close();
    disk.remount();
    if (isSplit) {
      disk.bind(journalLies, journal);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (isSplit) {
      disk.unbind(journal);
    }
  }
}
