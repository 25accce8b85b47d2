package io.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application as it is run: one jar, killed midway, and started again. */
@Timeout(60)
class FatJarTest {

  @TempDir Path folder;

  @Test
  void shouldFinishAfterAKillWhatWasHalfDone() throws Exception {
    Path jar = FatJar.in(folder);

    // The flags that the default journal needs come from the manifest.
    Process killed = start("-jar", jar.toString(), "--shop.truck=never", "emma");
    assertThat(outputUntil("waiting for a truck", killed)).doesNotContain("restricted method");
    killed.destroyForcibly();
    assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();

    // Without -jar no manifest is read: there are no flags now, and plain files need none.
    Process again =
        start(
            "-cp",
            jar.toString(),
            "org.springframework.boot.loader.launch.JarLauncher",
            "--millrace.journal-kind=files",
            "emma");
    outputUntil("sent to emma for receipt 1", again);
    again.destroy();
    assertThat(again.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(again.exitValue()).as("ended by its own shutdown, on SIGTERM").isEqualTo(143);
  }

  @Test
  void shouldShowTheManifestInTheBookAsTheBuildHasIt() throws IOException {
    String page = Files.readString(Path.of("..", "..", "..", "docs", "spring.md"));
    FatJar.manifest()
        .getMainAttributes()
        .forEach(
            (name, value) -> {
              if (!name.equals(Attributes.Name.MANIFEST_VERSION)) {
                assertThat(page).contains("<" + name + ">" + value + "</" + name + ">");
              }
            });
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It lives for a second or two: what the better compiler would gain comes too late.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of(arguments));
    command.add("--shop.directory=" + folder);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String outputUntil(String line, Process process) throws IOException {
    StringBuilder output = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String each = lines.readLine(); each != null; each = lines.readLine()) {
      output.append(each).append('\n');
      if (each.contains(line)) {
        return output.toString();
      }
    }
    throw new AssertionError("it ended without '" + line + "':\n" + output);
  }
}
