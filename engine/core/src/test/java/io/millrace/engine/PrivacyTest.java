package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.SmallDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a whole process shows of itself to others on the machine: files and sockets. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class PrivacyTest {

  private static final List<String> NO_UMASK = List.of("sh", "-c", "umask 000; exec \"$@\"", "sh");
  private static final List<String> NO_NETWORK = List.of("unshare", "-n");

  @TempDir Path folder;

  private Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("tmp"));
  }

  /** Runs a process by way of another program, and returns what came of it. */
  private String outcome(List<String> by, Path temporary, String nativeDirectory, String kinds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            PrivateChild.class.getName(),
            folder.toString(),
            nativeDirectory,
            kinds));
    String said = said(command);
    return said.lines()
        .filter(line -> line.startsWith(PrivateChild.OUTCOME))
        .findFirst()
        .orElseThrow(() -> new AssertionError("it says nothing of its outcome: " + said));
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? said : "exit=" + process.exitValue() + " " + said;
  }

  @Test
  void shouldKeepItsFilesPrivateWhateverTheUmask() throws Exception {
    assertThat(outcome(NO_UMASK, temporary(), PrivateChild.NO_NATIVE, "FILES,CHRONICLE"))
        .isEqualTo(PrivateChild.DONE + "[]");
    SortedMap<String, String> open = new TreeMap<>();
    List<Path> all = new ArrayList<>(below(folder.resolve("above")));
    assertThat(all).hasSizeGreaterThan(20);
    // What lies in the private folder of the native library is nobody's to see.
    all.addAll(entries(temporary()));
    for (Path path : all) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      if (!mode.equals(Files.isDirectory(path) ? "rwx------" : "rw-------")) {
        open.put(folder.relativize(path).toString(), mode);
      }
    }
    assertThat(open).isEmpty();
    assertThat(entries(temporary())).as("the native library is there").hasSize(1);
    assertThat(Files.getPosixFilePermissions(folder.resolve("above")))
        .as("a folder made on the way")
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Path> below(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root)).toList();
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void shouldSeeASocketWhereThereIsOne() throws IOException {
    int before = PrivateChild.sockets().size();
    try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PrivateChild.sockets()).as("port %d", there.getLocalPort()).hasSize(before + 1);
    }
  }

  @Test
  void shouldNeedNoNetwork() throws Exception {
    List<String> probe = new ArrayList<>(NO_NETWORK);
    probe.addAll(List.of("echo", "possible"));
    Assumptions.assumeTrue(
        said(probe).startsWith("possible"),
        "skipped: no process may leave the network behind here");
    assertThat(outcome(NO_NETWORK, temporary(), PrivateChild.NO_NATIVE, "CHRONICLE"))
        .isEqualTo(PrivateChild.DONE + "[]");
  }

  @Test
  void shouldNameTheWayOutWhereNoProgramMayRunInTheTemporaryFolder() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temporary(), "16m")) {
      assertThat(said(List.of("mount", "-o", "remount,noexec", disk.path().toString()))).isEmpty();
      assertThat(outcome(List.of(), disk.path(), PrivateChild.NO_NATIVE, "FILES"))
          .startsWith(PrivateChild.REFUSED + "IO ")
          .contains("not mounted noexec", "nativeDirectory=" + disk.path());
      assertThat(outcome(List.of(), disk.path(), folder.resolve("native").toString(), "FILES"))
          .isEqualTo(PrivateChild.DONE + "[]");
    }
  }
}
