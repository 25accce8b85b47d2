package io.millrace.buffer;

import io.millrace.buffer.settings.Sizes;
import io.millrace.buffer.settings.Syntax;
import io.millrace.buffer.settings.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Policies as text: names, with arguments in parentheses. What is wrong is said as {@link
 * io.millrace.buffer.settings.Syntax#parse} does, to go after "must".
 */
final class PolicyText {

  static final String FLUSH_FORMS =
      "be eager, balanced, lazy, manual, count(N), bytes(SIZE), age(TIME), whenIdle(TIME),"
          + " adaptive(TIME) or whicheverFirst(POLICY, ...)";
  static final String SYNC_FORMS = "be everyBatch, every(TIME) or never";
  static final String BACKPRESSURE_FORMS = "be block(TIME) or reject";

  private static final int CHARS_MAX = 1_000;

  /** A name and what stands behind it in parentheses. */
  private record Term(String name, List<String> arguments) {

    String only() {
      if (arguments.size() != 1) {
        throw new IllegalArgumentException("be just one");
      }
      return arguments.get(0);
    }

    /** Tells whether it is just this name. */
    boolean is(String word) {
      return name.equalsIgnoreCase(word) && arguments.isEmpty();
    }

    boolean calls(String word) {
      return name.equalsIgnoreCase(word) && !arguments.isEmpty();
    }
  }

  private PolicyText() {}

  static FlushPolicy flushPolicy(String text) {
    Term term = term(text, FLUSH_FORMS);
    if (term.is("eager")) {
      return FlushPolicy.eager();
    } else if (term.is("balanced")) {
      return FlushPolicy.balanced();
    } else if (term.is("lazy")) {
      return FlushPolicy.lazy();
    } else if (term.is("manual")) {
      return FlushPolicy.manual();
    } else if (term.calls("count")) {
      return FlushPolicy.count(read(Syntax.number(1L, Long.MAX_VALUE), term));
    } else if (term.calls("bytes")) {
      return FlushPolicy.bytes(read(Syntax.size(1L, Long.MAX_VALUE), term));
    } else if (term.calls("age")) {
      return FlushPolicy.age(time(term));
    } else if (term.calls("whenIdle")) {
      return FlushPolicy.whenIdle(time(term));
    } else if (term.calls("adaptive")) {
      return FlushPolicy.adaptive(time(term));
    } else if (term.calls("whicheverFirst")) {
      return new FlushPolicy.WhicheverFirst(
          term.arguments().stream().map(PolicyText::flushPolicy).toList());
    }
    throw new IllegalArgumentException(
        FLUSH_FORMS + Syntax.oneOf(FlushPreset.class).nearest(term.name()));
  }

  static SyncPolicy syncPolicy(String text) {
    Term term = term(text, SYNC_FORMS);
    if (term.is("everyBatch")) {
      return SyncPolicy.everyBatch();
    } else if (term.is("never")) {
      return SyncPolicy.never();
    } else if (term.calls("every")) {
      return SyncPolicy.every(time(term));
    }
    throw new IllegalArgumentException(SYNC_FORMS);
  }

  static BackpressurePolicy backpressurePolicy(String text) {
    Term term = term(text, BACKPRESSURE_FORMS);
    if (term.is("reject")) {
      return BackpressurePolicy.reject();
    } else if (term.calls("block")) {
      return BackpressurePolicy.block(time(term));
    }
    throw new IllegalArgumentException(BACKPRESSURE_FORMS);
  }

  static String text(FlushPolicy policy) {
    if (policy instanceof FlushPolicy.Count count) {
      return "count(" + count.records() + ")";
    } else if (policy instanceof FlushPolicy.Bytes bytes) {
      return "bytes(" + Sizes.text(bytes.bytes()) + ")";
    } else if (policy instanceof FlushPolicy.Age age) {
      return "age(" + Times.text(age.age()) + ")";
    } else if (policy instanceof FlushPolicy.WhenIdle idle) {
      return "whenIdle(" + Times.text(idle.quiet()) + ")";
    } else if (policy instanceof FlushPolicy.Adaptive adaptive) {
      return "adaptive(" + Times.text(adaptive.targetLag()) + ")";
    } else if (policy instanceof FlushPolicy.WhicheverFirst first) {
      return first.policies().stream()
          .map(FlushPolicy::text)
          .collect(Collectors.joining(", ", "whicheverFirst(", ")"));
    }
    return "manual";
  }

  static String text(SyncPolicy policy) {
    if (policy instanceof SyncPolicy.Every every) {
      return "every(" + Times.text(every.interval()) + ")";
    }
    return policy instanceof SyncPolicy.Never ? "never" : "everyBatch";
  }

  static String text(BackpressurePolicy policy) {
    return policy instanceof BackpressurePolicy.Block block
        ? "block(" + Times.text(block.timeout()) + ")"
        : "reject";
  }

  private static Duration time(Term term) {
    return read(Syntax.time(Duration.ofMillis(1), Duration.ofHours(1)), term);
  }

  /** Reads a term's only argument. */
  private static <T> T read(Syntax<T> syntax, Term term) {
    T value;
    String wrong = "hold in " + term.name() + "(...) a value that must ";
    try {
      value = syntax.parse(term.only());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong + e.getMessage(), e);
    }
    if (!syntax.allows(value)) {
      throw new IllegalArgumentException(wrong + syntax.expected());
    }
    return value;
  }

  private static Term term(String text, String forms) {
    String plain = text.strip();
    if (plain.length() > CHARS_MAX) {
      throw new IllegalArgumentException("have at most " + CHARS_MAX + " characters");
    }
    int open = plain.indexOf('(');
    if (open < 0) {
      return new Term(plain, List.of());
    }
    if (!plain.endsWith(")")) {
      throw new IllegalArgumentException(forms);
    }
    return new Term(
        plain.substring(0, open).strip(),
        split(plain.substring(open + 1, plain.length() - 1), forms));
  }

  /** Splits at the commas that stand in no parentheses. */
  private static List<String> split(String text, String forms) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
      if (depth < 0) {
        throw new IllegalArgumentException(forms);
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException(forms);
    }
    parts.add(text.substring(from).strip());
    return parts;
  }
}
