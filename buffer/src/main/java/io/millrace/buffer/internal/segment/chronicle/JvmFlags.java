package io.millrace.buffer.internal.segment.chronicle;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.openhft.chronicle.core.io.Closeable;

/**
 * The JVM flags that Chronicle needs. They are written down in one place, the build, which puts
 * them into the resource {@code io/millrace/buffer/jvm-flags}.
 *
 * @param flags as they stand on a command line
 */
public record JvmFlags(List<String> flags) {

  private static final Pattern FLAG =
      Pattern.compile("--add-(opens|exports)=([\\w.]+)/([\\w.]+)=ALL-UNNAMED");

  /** Keeps a copy. */
  public JvmFlags {
    flags = List.copyOf(flags);
  }

  /** Returns what the build wrote down. */
  public static JvmFlags read() {
    try (InputStream in = BufferOpenException.class.getResourceAsStream("jvm-flags")) {
      if (in == null) {
        throw new IllegalStateException(
            "the jar of the buffer lacks its resource io/millrace/buffer/jvm-flags; build it again");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
      return new JvmFlags(List.of(text.split("\\s+")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns those that are not in effect in this JVM for the module that Chronicle is in. */
  public List<String> missing() {
    return flags.stream().filter(flag -> !isInEffect(flag)).toList();
  }

  /**
   * Checks that all are in effect.
   *
   * @throws BufferOpenException if one is not, naming the flags and the way to do without
   */
  public void require() {
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      throw new BufferOpenException(
          Reason.MISSING_JVM_FLAGS,
          "the Chronicle journal needs JVM flags that are not in effect: add "
              + String.join(" ", missing)
              + " to the java command (an executable jar may carry them as Add-Opens and Add-Exports"
              + " in its manifest), or use the journal that needs none:"
              + " journalKind(JournalKind.FILES)",
          null);
    }
  }

  private static boolean isInEffect(String flag) {
    Matcher parts = FLAG.matcher(flag);
    if (!parts.matches()) {
      throw new IllegalStateException("expected --add-opens or --add-exports, flag=" + flag);
    }
    // A class literal does not initialize the class: Chronicle must not start before this check.
    Module user = Closeable.class.getModule();
    return ModuleLayer.boot()
        .findModule(parts.group(2))
        .filter(
            module ->
                parts.group(1).equals("opens")
                    ? module.isOpen(parts.group(3), user)
                    : module.isExported(parts.group(3), user))
        .isPresent();
  }
}
