package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.JournalKind;
import io.millrace.storage.orchestration.InstanceFilter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, ids and paths as somebody would choose them who means ill. */
@Timeout(120)
class HostileNamesTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Allowed by the rule for names, and never more than a name. */
  private static final Orchestration<String, String> FLOW =
      Orchestration.named("a/../../b:c", String.class, String.class);

  private static final Activity<String, String> STEP =
      Activity.named("x-y_z.", String.class, String.class);

  @TempDir Path folder;

  static List<String> namesRefused() {
    return List.of(
        "",
        " ",
        "two words",
        "line\nbreak",
        "nul\u0000",
        "bell\u0007",
        "escape\u001B[2J",
        "next\u0085line",
        "o'clock",
        "say \"so\"",
        "back`tick",
        "semi;colon",
        "a--b'; DROP TABLE instances;",
        "100%",
        "star*",
        "query?",
        "hash#",
        "back\\slash",
        "${jndi:ldap://x}",
        "{0}",
        "<b>",
        "../up",
        "/root",
        ".hidden",
        "-option",
        "_first",
        "\u00E4rger",
        "\u202Egnirts",
        "\u2066isolate",
        "zero\u200Bwidth",
        "\uFEFFmark",
        "half\uD800",
        "\uD83D\uDE00",
        "\uFF41wide",
        "x".repeat(129),
        "x".repeat(1 << 20));
  }

  private static final List<Function<String, Object>> NAMED =
      List.of(
          name -> Orchestration.named(name, String.class, String.class),
          name -> Activity.named(name, String.class, String.class),
          name -> Event.named(name, String.class),
          name -> StateKey.named(name, String.class),
          name -> Millrace.inMemory().pool(name, 1));

  @ParameterizedTest
  @MethodSource("namesRefused")
  void shouldRefuseANameThatIsNotPlain(String name) {
    for (Function<String, Object> named : NAMED) {
      assertThatThrownBy(() -> named.apply(name))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(
              refusal ->
                  assertThat(refusal.getMessage())
                      .as("safe to print")
                      .matches("[ -~]*")
                      .hasSizeLessThan(300));
    }
  }

  private static List<String> idsRefused() {
    return List.of(
        "", "a\nb", "a\u0000", "\u001B[2J", "\u0085", "\uD800", "\uDC00x", "x".repeat(1 << 20));
  }

  /** Text is text: nothing of it is taken apart. */
  private static List<String> idsTaken() {
    return List.of(
        "'; DROP TABLE instances; --",
        "\" OR 1=1 --",
        "../../etc/passwd",
        "/",
        ".",
        "~",
        "%",
        "_",
        "*",
        "[a-z]",
        "?1",
        ":id",
        "\\",
        "`",
        "NULL",
        "0",
        "-1",
        " ",
        "${jndi:ldap://x}",
        "{}",
        "%s%n",
        "\u202Egnirts",
        "zero\u200Bwidth",
        "\uD83D\uDE00",
        "x".repeat(EngineLimits.defaults().idCharsMax()));
  }

  private Millrace open(Path directory, JournalKind kind) {
    return Millrace.builder(directory)
        .buffer(options -> options.segmentBytes(4 << 20).recordBytesMax(2 << 20))
        .limits(EngineLimits.defaults().withBufferedEventBytesMax(512 << 10))
        .journal(kind)
        .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
        .activity(STEP, input -> "of " + input)
        .open();
  }

  @Test
  void shouldKeepEveryIdThatItTakesAndTakeNoneThatBreaksTheRule() throws IOException {
    Path directory = folder.resolve("data");
    try (Millrace millrace = open(directory, JournalKind.FILES)) {
      for (String id : idsRefused()) {
        assertThatThrownBy(() -> millrace.start(FLOW, id, ""))
            .isInstanceOf(IllegalArgumentException.class);
      }
      List<InstanceHandle<String>> started = new ArrayList<>();
      for (String id : idsTaken()) {
        started.add(millrace.start(FLOW, id, id));
      }
      started.forEach(handle -> assertThat(handle.result(SOON)).isEqualTo("of " + handle.id()));
    }
    try (Millrace millrace = open(directory, JournalKind.FILES)) {
      for (String id : idsTaken()) {
        assertThat(millrace.info(id)).as(id).isPresent();
        assertThat(millrace.instance(FLOW, id).result(SOON)).isEqualTo("of " + id);
        // A prefix is no pattern.
        assertThat(millrace.instances().list(InstanceFilter.ALL.withIdPrefix(id), Page.first(100)))
            .extracting(InstanceInfo::id)
            .containsExactlyInAnyOrderElementsOf(
                idsTaken().stream().filter(other -> other.startsWith(id)).toList());
      }
    }
    assertThat(entries(folder)).containsExactly("data");
    assertThat(entries(directory)).allMatch(name -> name.matches("[A-Za-z.-]+"));
  }

  private static List<String> paths() {
    Charset files = Charset.forName(System.getProperty("sun.jnu.encoding"));
    return Stream.of(
            "-rf with space *[a]",
            "it's \"so\"",
            "per%41cent&mode=memory#tag",
            "line\nbreak",
            "\u202Egnirts \uD83D\uDE00",
            "$(touch x);`touch y`",
            "n".repeat(255))
        // Others cannot be a path in this locale at all.
        .filter(name -> files.newEncoder().canEncode(name))
        .toList();
  }

  @Test
  void shouldWorkUnderEveryPathThatCanBeOpened() throws IOException {
    for (String name : paths()) {
      JournalKind kind = name.length() % 2 == 0 ? JournalKind.FILES : JournalKind.CHRONICLE;
      Path parent = folder.resolve("in").resolve(name);
      Path directory = parent.resolve("data");
      try (Millrace millrace = open(directory, kind)) {
        assertThat(millrace.start(FLOW, "one", name).result(SOON)).isEqualTo("of " + name);
        Millrace.backup(directory, directory.resolveSibling("copy"));
      }
      assertThat(entries(directory)).contains("store.db", "journal", "FORMAT");
      assertThat(entries(directory.resolveSibling("copy"))).contains("store.db");
      assertThat(entries(parent)).containsExactlyInAnyOrder("data", "copy");
    }
    assertThat(entries(folder.resolve("in"))).hasSameElementsAs(paths());
    assertThatThrownBy(() -> open(folder.resolve("what?"), JournalKind.FILES))
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining("question mark");
  }

  private static List<String> entries(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
