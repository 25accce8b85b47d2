package io.millrace.buffer.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own, in memory, of a size you choose. Needs to be root on Linux. */
public final class SmallDisk implements AutoCloseable {

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts one below a folder, or skips the test and says why. */
  public static SmallDisk mount(Path parent, String size) throws IOException {
    Path path = Files.createDirectory(parent.resolve("small-disk-" + size));
    String problem =
        run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", path.toString());
    Assumptions.assumeTrue(
        problem.isEmpty(), () -> "skipped: cannot mount a small file system here: " + problem);
    return new SmallDisk(path);
  }

  /** Returns where it is mounted. */
  public Path path() {
    return path;
  }

  /** Changes its size. */
  public void resize(String size) throws IOException {
    require(run("mount", "-o", "remount,size=" + size, path.toString()));
  }

  /** Forbids writing. */
  public void makeReadOnly() throws IOException {
    require(run("mount", "-o", "remount,ro", path.toString()));
  }

  @Override
  public void close() throws IOException {
    require(run("umount", "-l", path.toString()));
  }

  private static void require(String problem) throws IOException {
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return String.join(" ", command) + " does not end";
      }
      return process.exitValue() == 0 ? "" : "exit=" + process.exitValue() + ": " + output;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }
}
