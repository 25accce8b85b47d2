package io.millrace.buffer.internal.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a journal in another's place, so that at every instant one of the two is the truth.
 *
 * <pre>
 *   journal.rebuilding      is being written, or was left unfinished: means nothing
 *   journal.rebuilt         is whole and forced: the truth from now on
 *   journal.given-up-&lt;n&gt;    what was the truth before; nobody reads it, a person may delete it
 * </pre>
 *
 * <p>Whoever calls holds the directory's lock.
 */
public final class JournalSwap {

  private static final String JOURNAL = "journal";
  private static final String REBUILDING = "journal.rebuilding";
  private static final String REBUILT = "journal.rebuilt";
  private static final String GIVEN_UP = "journal.given-up-";

  private final Path directory;

  /** Works in a data directory. */
  public JournalSwap(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the folder for the new journal, empty.
   *
   * @throws IOException if it cannot be made, or what was left of an earlier one not removed
   */
  public Path begin() throws IOException {
    Path rebuilding = directory.resolve(REBUILDING);
    removeTree(rebuilding);
    DirectoryPlace.createPrivate(rebuilding);
    return rebuilding;
  }

  /**
   * Takes the new journal, whose files and folders have been forced, for the truth. Survives power
   * loss on return.
   *
   * @return where the old one lies now; null if there was none
   */
  public @Nullable Path commit() throws IOException {
    DirectoryPlace.force(directory.resolve(REBUILDING));
    move(REBUILDING, REBUILT);
    return complete();
  }

  /**
   * Ends what a crash cut off: called at every opening, before the journal is looked at.
   *
   * @return where the old journal lies now; null if there was none, or nothing to end
   * @throws IOException if the disk refused; may be repeated
   */
  public @Nullable Path complete() throws IOException {
    if (!Files.isDirectory(directory.resolve(REBUILT))) {
      return null;
    }
    Path old = null;
    if (Files.isDirectory(directory.resolve(JOURNAL))) {
      int number = 1;
      while (Files.exists(directory.resolve(GIVEN_UP + number))) {
        number++;
      }
      old = move(JOURNAL, GIVEN_UP + number);
    }
    move(REBUILT, JOURNAL);
    return old;
  }

  private Path move(String from, String to) throws IOException {
    Path target = directory.resolve(to);
    Files.move(directory.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
    DirectoryPlace.force(directory);
    return target;
  }

  private static void removeTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
