package io.millrace.engine.internal;

import io.millrace.engine.DetailedException;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what user code threw into what is kept of it: texts, of bounded length, and no user class.
 * Never throws, whatever the exception's own methods do.
 */
public final class Failures {

  /** How many characters of a message are kept. */
  public static final int MESSAGE_CHARS_MAX = 2_000;

  /** How many characters of a stack text are kept. */
  public static final int STACK_CHARS_MAX = 8_000;

  private static final String ENGINE = "io.millrace.engine.internal.";

  private Failures() {}

  /** Returns what is kept of an exception, without details. */
  public static Failure.ApplicationFailure of(Throwable thrown) {
    return new Failure.ApplicationFailure(
        thrown.getClass().getName(),
        bounded(message(thrown), MESSAGE_CHARS_MAX),
        stack(thrown),
        null);
  }

  /** Writes details. */
  @FunctionalInterface
  public interface Writer {

    /** Returns the value as bytes; unchecked exceptions say why it cannot be. */
    Payload encode(@Nullable Object value, TypeRef<?> type);
  }

  /**
   * Returns what is kept of an exception: its details too, if it is one that has them.
   *
   * @param writer writes details
   */
  public static Failure.ApplicationFailure of(Throwable thrown, Writer writer) {
    Payload details = null;
    String message = message(thrown);
    if (thrown instanceof DetailedException detailed) {
      try {
        details = writer.encode(detailed.details(), detailed.detailsType());
      } catch (RuntimeException | StackOverflowError e) {
        message += " (its details cannot be recorded: " + line(e) + ")";
      }
    }
    return new Failure.ApplicationFailure(
        thrown.getClass().getName(), bounded(message, MESSAGE_CHARS_MAX), stack(thrown), details);
  }

  /** Returns a text cut to a length, saying so if it was. */
  public static String bounded(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    String note = "... (cut, chars=" + text.length() + ")";
    int end = Math.max(0, charsMax - note.length());
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + note;
  }

  /** Returns type and message in one line, bounded. */
  public static String line(Throwable thrown) {
    String message = message(thrown);
    return bounded(
        message.isEmpty()
            ? thrown.getClass().getName()
            : thrown.getClass().getName() + ": " + message,
        MESSAGE_CHARS_MAX);
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException | StackOverflowError e) {
      return "(its getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  private static String stack(Throwable thrown) {
    StringBuilder text = new StringBuilder(1_024);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    @Nullable Throwable at = thrown;
    String before = "";
    while (at != null && seen.add(at) && text.length() <= STACK_CHARS_MAX) {
      text.append(before).append(line(at)).append('\n');
      appendFrames(text, at);
      at = cause(at);
      before = "caused by: ";
    }
    return bounded(text.toString(), STACK_CHARS_MAX);
  }

  /**
   * Leaves of an exception's stack only the user's frames: not the engine's at the top, and nothing
   * from those below on.
   */
  public static <T extends Throwable> T withUserFrames(T thrown) {
    thrown.setStackTrace(userFrames(thrown).toArray(StackTraceElement[]::new));
    return thrown;
  }

  private static List<StackTraceElement> userFrames(Throwable thrown) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      boolean engine = frame.getClassName().startsWith(ENGINE);
      if (engine && !frames.isEmpty()) {
        return frames;
      }
      if (!engine) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private static void appendFrames(StringBuilder text, Throwable thrown) {
    for (StackTraceElement frame : userFrames(thrown)) {
      if (text.length() > STACK_CHARS_MAX) {
        return;
      }
      text.append("  at ").append(frame).append('\n');
    }
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (RuntimeException | StackOverflowError e) {
      return null;
    }
  }
}
