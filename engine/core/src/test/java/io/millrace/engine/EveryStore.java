package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.JournalKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A theme of the contract: each test of a subclass runs in every {@link Place}. Between its steps a
 * test may {@link #reopen}; in memory the same engine goes on.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets place and folder
abstract class EveryStore {

  /** Where the engine keeps things. */
  enum Place {
    IN_MEMORY,
    /** Over a store that is compared with one in memory. */
    FILES,
    CHRONICLE,
    /** As files; a reopening finds what a killed process leaves, nothing of it closed. */
    KILLED,
    /** As files; instances and histories leave memory as soon as nothing needs them there. */
    CROWDED,
    /** A reopening finds what a power cut leaves: of journal and store what was forced. */
    POWER_CUT
  }

  static final Duration SOON = Duration.ofSeconds(40);
  static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  static final Activity<String, String> STEP = Activity.named("step", String.class, String.class);

  @Parameter Place place;
  @TempDir Path folder;

  private final ComparedStores compared = new ComparedStores();
  private final ForgetfulPlace forgetful = new ForgetfulPlace(getClass().getName().hashCode());
  private int lives;
  private @Nullable Millrace open;
  private UnaryOperator<MillraceBuilder> setup = builder -> builder;

  /** Opens the engine; {@link #reopen} sets it up in the same way. */
  final Millrace open(UnaryOperator<MillraceBuilder> how) {
    setup = how;
    Millrace millrace = how.apply(builder()).open();
    open = millrace;
    return millrace;
  }

  /** Returns the engine that is open. */
  final Millrace engine() {
    return Objects.requireNonNull(open, "nothing is open");
  }

  /** Opens the engine again where it stood, set up as before. */
  final Millrace reopen() {
    return reopen(setup);
  }

  /** Opens the engine again where it stood, with another set-up; in memory that has no effect. */
  final Millrace reopen(UnaryOperator<MillraceBuilder> how) {
    if (place == Place.IN_MEMORY) {
      return engine();
    }
    if (place == Place.KILLED || place == Place.POWER_CUT) {
      forgetful.cutPower();
      copy(directory(), folder.resolve("life" + (lives + 1)));
    }
    engine().close(Duration.ZERO);
    lives++;
    return open(how);
  }

  /**
   * Waits until all that was decided is kept; what only statistics show, a power cut takes back.
   */
  final void settle() {
    engine().list(Long.MAX_VALUE, 1);
  }

  /** Tells whether a reopening does anything here. */
  final boolean survives() {
    return place != Place.IN_MEMORY;
  }

  @AfterEach
  final void close() {
    if (open != null) {
      open.close(Duration.ZERO);
    }
    assertThat(compared.differences()).as("the store shows what one in memory does").isEmpty();
  }

  /** Looks again and again until something is so, and says what all threads do if it never is. */
  static <T> T eventually(Supplier<@Nullable T> look) {
    long began = System.nanoTime();
    T seen = look.get();
    while (seen == null) {
      if (System.nanoTime() - began > SOON.toNanos()) {
        throw new AssertionError("not so within " + SOON + "\n" + threads());
      }
      // On one core whoever looks would keep those away who make it so.
      LockSupport.parkNanos(20_000);
      seen = look.get();
    }
    return seen;
  }

  private static String threads() {
    return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
        .map(ThreadInfo::toString)
        .collect(Collectors.joining());
  }

  private Path directory() {
    return folder.resolve(
        place == Place.KILLED || place == Place.POWER_CUT ? "life" + lives : "data");
  }

  private MillraceBuilder builder() {
    if (place == Place.IN_MEMORY) {
      return Millrace.inMemory();
    }
    MillraceBuilder builder =
        Millrace.builder(directory())
            .journal(place == Place.CHRONICLE ? JournalKind.CHRONICLE : JournalKind.FILES)
            .buffer(options -> options.segmentBytes(8 << 20));
    if (place == Place.POWER_CUT) {
      return builder.store(forgetful).recovering(forgetful::recover);
    }
    if (place == Place.CROWDED) {
      return builder.residentInstancesMax(0).queuedBytesMax(0).flush(FlushPolicy.eager());
    }
    if (place == Place.FILES) {
      builder.store(compared);
    }
    // The store stands still while it is copied; what it lacks is in the journal.
    return place == Place.KILLED ? builder.flush(FlushPolicy.manual()) : builder;
  }

  /** The store first: the journal may be ahead of it, never behind. */
  private static void copy(Path from, Path to) {
    try {
      List<Path> sources = new ArrayList<>();
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sources.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              return ifSpare(file, e);
            }
          });
      for (boolean store : List.of(true, false)) {
        for (Path source : sources) {
          if (isStore(source) == store) {
            copyFile(source, to.resolve(from.relativize(source)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment that is being filled holds nothing yet, and gets another name when it is. */
  private static void copyFile(Path source, Path target) throws IOException {
    try {
      Files.copy(source, target);
    } catch (NoSuchFileException e) {
      ifSpare(source, e);
      Files.deleteIfExists(target);
    }
  }

  /**
   * A spare file takes the name of a segment while others are copied: a kill before that lacks it.
   */
  private static FileVisitResult ifSpare(Path file, IOException e) throws IOException {
    String name = file.getFileName().toString();
    if (!name.endsWith(".filling") && !name.endsWith(".ready")) {
      throw e;
    }
    return FileVisitResult.CONTINUE;
  }

  private static boolean isStore(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("store.db");
  }
}
