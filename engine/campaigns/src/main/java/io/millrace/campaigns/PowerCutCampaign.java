package io.millrace.campaigns;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.JournalKind;
import io.millrace.storage.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Cuts the power of a real file system. A process writes to ext4 on a disk that logs everything
 * that reaches it; then the disk is made again as it was at a flush, with some of what had not been
 * flushed, and must hold everything that was acknowledged before. A seed is one such moment; a run
 * records anew every {@value #POINTS_A_RECORDING} seeds, and walks through all flushes before it
 * draws subsets.
 */
public final class PowerCutCampaign implements Campaign {

  /** How many moments one recording is cut at. */
  public static final int POINTS_A_RECORDING = 500;

  private static final long DISK_BYTES = 128L << 20;
  private static final int RECORDS = 60;
  private static final int NOT_HERE = 77;
  private static final long LIMIT_SECONDS = 120;

  private final Path parent;

  /**
   * Makes one.
   *
   * @param parent where disks are made
   */
  public PowerCutCampaign(Path parent) {
    this.parent = parent;
  }

  @Override
  public String name() {
    return "powercut";
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    long done = 0;
    long acknowledged = 0;
    long flushes = 0;
    while (done < count) {
      long seed = first + done;
      long points = Math.min(POINTS_A_RECORDING - (seed - 1) % POINTS_A_RECORDING, count - done);
      JournalKind[] kinds = JournalKind.values();
      JournalKind kind = kinds[Math.floorMod((seed - 1) / POINTS_A_RECORDING, kinds.length)];
      Path place = parent.resolve("powercut-" + seed);
      Files.createDirectories(place);
      Recording recording = record(place, kind);
      flushes += recording.log().flushes().size();
      for (long n = 0; n < points; n++) {
        acknowledged += cut(recording, place, seed + n);
        listener.done(done + n + 1, acknowledged);
      }
      Folders.remove(place);
      done += points;
    }
    return new Result(count, acknowledged, "flushes recorded: " + flushes);
  }

  /**
   * What was written, and when it was acknowledged.
   *
   * @param log what reached the disk
   * @param acknowledged by the length that the log had then: the record
   */
  private record Recording(JournalKind kind, BlockLog log, NavigableMap<Long, Long> acknowledged) {}

  private Recording record(Path place, JournalKind kind) throws IOException, InterruptedException {
    Path script = place.resolve("powercut.sh");
    try (InputStream in = PowerCutCampaign.class.getResourceAsStream("powercut.sh")) {
      if (in == null) {
        throw new IOException("the jar of the campaigns lacks powercut.sh; build it again");
      }
      Files.copy(in, script);
    }
    NavigableMap<Long, Long> acknowledged = new TreeMap<>();
    try {
      script(script, "start", place);
      Path log = place.resolve("log.img");
      Process process = launch(place.resolve("disk"), kind);
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          acknowledged.put(Files.size(log), Long.parseLong(line));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
    } finally {
      script(script, "cut", place);
    }
    if (acknowledged.isEmpty() || acknowledged.lastEntry().getValue() != RECORDS) {
      throw new IOException("the recording broke off, acknowledged=" + acknowledged.lastEntry());
    }
    return new Recording(kind, BlockLog.read(place.resolve("log.img")), acknowledged);
  }

  private static void script(Path script, String what, Path place)
      throws IOException, InterruptedException {
    Path said = place.resolve("script.log");
    Process process =
        new ProcessBuilder("bash", script.toString(), what, place.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the script does not end, what=" + what);
    }
    if (process.exitValue() == NOT_HERE) {
      throw new NotRunException(Files.readString(said).strip());
    }
    if (process.exitValue() != 0) {
      throw new IOException("the script failed, what=" + what + ": " + Files.readString(said));
    }
  }

  private static Process launch(Path disk, JournalKind kind) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(TracedProcess.class.getName());
    command.addAll(
        List.of(disk.resolve("data").toString(), kind.name(), "1", String.valueOf(RECORDS)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Returns up to which record something had been acknowledged by then, and was kept. */
  private static long cut(Recording recording, Path place, long seed)
      throws IOException, InterruptedException, StoreException {
    BlockLog log = recording.log();
    List<Integer> flushes = log.flushes();
    int point = (int) ((seed - 1) % POINTS_A_RECORDING);
    int flush = flushes.get(point % flushes.size());
    String scene = "journal=" + recording.kind() + " seed=" + seed + " flush=" + flush;
    Path image = place.resolve("cut.img");
    Files.deleteIfExists(image);
    try (FileChannel disk =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      disk.write(ByteBuffer.allocate(1), DISK_BYTES - 1);
      for (BlockLog.Entry entry : log.entries().subList(0, flush + 1)) {
        log.apply(entry, disk);
      }
      if (point >= flushes.size()) {
        someOfTheRest(log, flush, disk, new Random(seed));
      }
    }
    Map.Entry<Long, Long> due = recording.acknowledged().floorEntry(log.entries().get(flush).end());
    long least = due == null ? 0 : due.getValue();
    check(recording.kind(), image, place, least, scene);
    return least;
  }

  /** What was on its way to the medium when the power went: each write by itself, or not. */
  private static void someOfTheRest(BlockLog log, int flush, FileChannel disk, Random random)
      throws IOException {
    List<BlockLog.Entry> onTheirWay = new ArrayList<>();
    for (int i = flush + 1; i < log.entries().size() && !log.entries().get(i).isFlush(); i++) {
      onTheirWay.add(log.entries().get(i));
    }
    int until = random.nextInt(onTheirWay.size() + 1);
    for (BlockLog.Entry entry : onTheirWay.subList(0, until)) {
      if (entry.isForced() || random.nextBoolean()) {
        log.apply(entry, disk);
      }
    }
  }

  private static void check(JournalKind kind, Path image, Path place, long least, String scene)
      throws IOException, InterruptedException, StoreException {
    Path mounted = Files.createDirectories(place.resolve("mounted"));
    Path directory = place.resolve("data");
    Folders.remove(directory);
    String problem = run("mount", "-o", "loop", image.toString(), mounted.toString());
    if (!problem.isEmpty()) {
      if (least == 0) {
        return; // Before the file system was made.
      }
      throw new BrokenPromiseException(scene + ": cannot be mounted: " + problem, null);
    }
    boolean isThere;
    try {
      isThere = Files.isDirectory(mounted.resolve("data"));
      if (isThere) {
        CorruptionBase.write(directory, CorruptionBase.read(mounted.resolve("data")));
      }
    } finally {
      run("umount", mounted.toString());
    }
    long kept;
    try {
      kept = isThere ? CorruptionBase.openAndCheck(directory, kind) : 0;
    } catch (BufferOpenException | BrokenPromiseException e) {
      throw new BrokenPromiseException(scene + ": " + e.getMessage(), e);
    }
    if (kept < least) {
      throw new BrokenPromiseException(
          scene + ": acknowledged and lost, acknowledged=" + least + " kept=" + kept, null);
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : "exit=" + process.exitValue() + " " + said;
  }
}
