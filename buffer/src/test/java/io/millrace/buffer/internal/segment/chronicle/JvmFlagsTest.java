package io.millrace.buffer.internal.segment.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFlagsTest {

  private static final String OPENS = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
  private static final String EXPORTS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

  @TempDir Path directory;

  @Test
  void shouldReadThemFromTheResourceThatTheBuildFilled() {
    assertThat(JvmFlags.read().flags()).containsExactly(OPENS, EXPORTS);
    assertThat(JvmFlags.read().missing()).isEmpty();
  }

  @Test
  void shouldRefuseToReadOneThatItCannotCheck() {
    JvmFlags flags = new JvmFlags(List.of("-Xmx1g"));
    assertThatThrownBy(flags::missing)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("flag=-Xmx1g");
  }

  @Test
  void shouldNameTheMissingFlagsAndTheWayToDoWithout() throws Exception {
    assertThat(refusalWith(List.of()))
        .isEqualTo(
            "MISSING_JVM_FLAGS the Chronicle journal needs JVM flags that are not in effect: add "
                + OPENS
                + " "
                + EXPORTS
                + " to the java command (an executable jar may carry them as Add-Opens and"
                + " Add-Exports in its manifest), or use the journal that needs none:"
                + " journalKind(JournalKind.FILES)");
    assertThat(refusalWith(List.of(EXPORTS))).contains(OPENS).doesNotContain(EXPORTS);
    // With this one alone Chronicle would open, and silently only read.
    assertThat(refusalWith(List.of(OPENS))).contains(EXPORTS).doesNotContain(OPENS);
  }

  @Test
  void shouldWriteNothingOnTheConsoleAndLeaveNoSwitchBehind() throws Exception {
    try (ChildJvm child =
        ChildJvm.start(List.of(OPENS, EXPORTS), FlagProbe.class, directory.toString())) {
      String output = child.finish();
      assertThat(output).contains("APPENDED").contains("PROPERTIES []");
      // A newer JDK warns that Chronicle uses sun.misc.Unsafe; nobody but it can mend that.
      assertThat(output.lines().filter(line -> !line.startsWith("WARNING: ")))
          .containsExactly("APPENDED", "PROPERTIES []", "THREADS []");
    }
  }

  private String refusalWith(List<String> flags) throws Exception {
    try (ChildJvm child = ChildJvm.start(flags, FlagProbe.class, directory.toString())) {
      String refusal = child.awaitLine("REFUSED ").substring("REFUSED ".length());
      child.finish();
      assertThat(directory).isEmptyDirectory();
      return refusal;
    }
  }
}
