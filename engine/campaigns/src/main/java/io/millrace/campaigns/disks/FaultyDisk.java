package io.millrace.campaigns.disks;

import io.millrace.campaigns.NotRunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A mounted disk of its own that fills, fails and stalls when it is told to. */
final class FaultyDisk implements AutoCloseable {

  private static final int NOT_HERE = 77;
  private static final long LIMIT_SECONDS = 120;
  private static final int BLOCK = 64 << 10;
  private static final String SIZE = "96M";

  private final Path place;
  private final Path script;
  private final Thread atExit = new Thread(this::takeAway, "take-disk-away");

  /** Whoever interrupts a campaign is not left with its mounts. */
  private FaultyDisk(Path place, Path script) {
    this.place = place;
    this.script = script;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Mounts one.
   *
   * @param how as the script calls it
   * @throws NotRunException if this machine lacks what that takes; names it
   */
  static FaultyDisk mount(Path place, String... how) throws IOException, InterruptedException {
    Files.createDirectories(place);
    Path script = place.resolve("disks.sh");
    try (InputStream text = FaultyDisk.class.getResourceAsStream("disks.sh")) {
      if (text == null) {
        throw new IOException("no script disks.sh on the class path");
      }
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
    }
    FaultyDisk disk = new FaultyDisk(place, script);
    try {
      List<String> arguments = new ArrayList<>(List.of(how[0], place.toString(), SIZE));
      arguments.addAll(List.of(how).subList(1, how.length));
      disk.run(arguments);
      return disk;
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** Returns where it is mounted. */
  Path path() {
    return place.resolve("disk");
  }

  /** Leaves so many bytes free, by a file that takes the rest. */
  void leaveFree(long bytes) throws IOException {
    Path hog = path().resolve("hog");
    long excess = Files.getFileStore(path()).getUsableSpace() - bytes;
    try (var file =
        Files.newByteChannel(hog, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long target = Math.max(0, file.size() + excess);
      if (target <= file.size()) {
        file.truncate(target);
        return;
      }
      file.position(file.size());
      var zeros = java.nio.ByteBuffer.allocate(BLOCK);
      while (file.size() < target) {
        file.write(zeros.clear().limit((int) Math.min(BLOCK, target - file.size())));
      }
    } catch (IOException e) {
      // Somebody else was quicker: it is as full as it gets.
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives all space back. */
  void free() throws IOException {
    Files.deleteIfExists(path().resolve("hog"));
  }

  /** Lets its writes fail from now on, or no longer. */
  void fail(boolean failing) throws IOException {
    Path inject = place.resolve("inject");
    if (failing) {
      Files.writeString(inject, "");
    } else {
      Files.deleteIfExists(inject);
    }
  }

  /** Lets it stand still, or go on. */
  void stall(boolean stalled) throws IOException, InterruptedException {
    run(List.of(stalled ? "stall" : "go", place.toString()));
  }

  /** Forgets what was cached, checks the file system and mounts it again. */
  void remount() throws IOException, InterruptedException {
    run(List.of("remount", place.toString()));
  }

  /** Lets a folder be seen at another place too. */
  void bind(Path from, Path to) throws IOException, InterruptedException {
    run(List.of("bind", from.toString(), to.toString()));
  }

  /** Ends that. */
  void unbind(Path to) throws IOException, InterruptedException {
    run(List.of("unbind", to.toString()));
  }

  @Override
  public void close() {
    takeAway();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException exiting) {
      // It runs, then, and finds nothing left to take away.
      return;
    }
  }

  private void takeAway() {
    try {
      run(List.of("gone", place.toString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(arguments);
    Path said = place.resolve("script.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the script does not end: " + arguments);
    }
    String problem = Files.readString(said, StandardCharsets.UTF_8).strip();
    if (process.exitValue() == NOT_HERE) {
      throw new NotRunException(problem);
    }
    if (process.exitValue() != 0) {
      throw new IOException("the script failed, " + arguments + ": " + problem);
    }
  }
}
