package io.millrace.testkit;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an orchestration must not touch, and what serves it instead.
 *
 * @param name in the rule's text
 * @param entries looked at in order; the first that fits decides
 */
record Ban(String name, List<Entry> entries) {

  static final Ban CLOCKS =
      new Ban(
          "clocks",
          List.of(
              of("java\\.lang\\.System\\.(currentTimeMillis|nanoTime)", Hints.NOW),
              of("java\\.time\\.(?!Duration)\\w+\\.now", Hints.NOW),
              of("java\\.time\\.(Clock|InstantSource)\\..*", Hints.NOW),
              of("java\\.util\\.Date\\.<init>\\(\\)", Hints.NOW),
              of("java\\.util\\.(Gregorian)?Calendar\\.(getInstance|<init>).*", Hints.NOW),
              of("java\\.time\\.ZoneId\\.systemDefault", Hints.INPUT),
              of("java\\.util\\.(TimeZone|Locale)\\.getDefault", Hints.INPUT)));

  static final Ban RANDOMNESS =
      new Ban(
          "randomness",
          List.of(
              of("java\\.util\\.UUID\\.randomUUID", "use ctx.newUuid()"),
              of("java\\.lang\\.Math\\.random", Hints.RANDOM),
              of("java\\.util\\.(Random|SplittableRandom)\\.<init>.*", Hints.RANDOM),
              of("java\\.util\\.concurrent\\.ThreadLocalRandom\\..*", Hints.RANDOM),
              of("java\\.security\\.SecureRandom\\..*", Hints.RANDOM),
              of(
                  "java\\.util\\.random\\.RandomGenerator(Factory)?\\.(of|getDefault)",
                  Hints.RANDOM),
              of(
                  "java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)",
                  "use Collections.shuffle(list, Random) with what ctx.random() draws"),
              of(
                  "java\\.lang\\.System\\.identityHashCode",
                  "it differs between runs; compare by a value of your own")));

  static final Ban THREADS =
      new Ban(
          "threads",
          List.of(
              of("java\\.lang\\.Thread\\.sleep", "use ctx.sleep(duration).await()"),
              of("java\\.util\\.concurrent\\.TimeUnit\\.sleep", "use ctx.sleep(duration).await()"),
              of("java\\.lang\\.Thread\\.(currentThread|interrupted|isInterrupted)", Hints.INPUT),
              of("java\\.lang\\.(Thread|ThreadLocal|ThreadGroup)\\..*", Hints.PARALLEL),
              of("java\\.lang\\.Object\\.(wait|notify|notifyAll)", Hints.PARALLEL),
              of("java\\.util\\.Timer\\..*", "use ctx.sleep(duration)"),
              of("java\\.util\\.(\\w+\\.parallelStream|Arrays\\.parallel\\w+)", Hints.PARALLEL),
              of("java\\.util\\.stream\\.\\w+\\.parallel", Hints.PARALLEL),
              of("java\\.util\\.concurrent\\.locks\\..*", Hints.PARALLEL),
              of(
                  "java\\.util\\.concurrent\\.(?!TimeUnit\\.|atomic\\.|ThreadLocalRandom\\.)\\w+\\..*",
                  Hints.PARALLEL),
              of(
                  "io\\.millrace\\.engine\\.(Millrace|InstanceHandle)\\..*",
                  "an orchestration cannot wait for the engine; use ctx.callChild, or an activity")));

  static final Ban INPUT_OUTPUT =
      new Ban(
          "input and output",
          List.of(
              of("java\\.lang\\.System\\.(out|err)", "use ctx.logger()"),
              of("java\\.lang\\.System\\.(in|console|exit|load\\w*)", Hints.ACTIVITY),
              of("java\\.lang\\.System\\.(getenv|getPropert\\w+)", Hints.INPUT),
              of("java\\.lang\\.(Runtime|Process\\w*)\\..*", Hints.ACTIVITY),
              of(
                  "java\\.io\\.(?!\\w*(Exception|Error)\\.|String\\w+\\.|ByteArray\\w+\\."
                      + "|Serializable\\.|PrintStream\\.print)\\w+\\..*",
                  Hints.ACTIVITY),
              of(
                  "java\\.nio\\.(file\\.(Files|FileSystem\\w*|Watch\\w+)|channels\\.\\w+)\\..*",
                  Hints.ACTIVITY),
              of(
                  "java\\.net\\.(?!URI\\.|URLEncoder\\.|URLDecoder\\.|\\w+Exception\\.)"
                      + "(http\\.)?\\w+\\..*",
                  Hints.ACTIVITY),
              of("(java|javax|jakarta)\\.(sql|persistence|jms|mail|naming)\\..*", Hints.ACTIVITY)));

  private static final Set<String> CHANGING =
      Set.of(
          "java.util.ArrayList",
          "java.util.LinkedList",
          "java.util.ArrayDeque",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.EnumMap",
          "java.util.BitSet",
          "java.util.Properties",
          "java.util.Random",
          "java.lang.StringBuilder",
          "java.lang.StringBuffer",
          "java.lang.ThreadLocal");

  /** What stands instead, in general. */
  static final String STATE =
      "it is not the instance's own and not what it was at the first run; use local variables, the"
          + " input, or ctx.put(StateKey, value)";

  private static Entry of(String pattern, String instead) {
    return new Entry(Pattern.compile(pattern), instead);
  }

  /** Returns what to use instead of a target, null if it is not banned. */
  @Nullable String instead(JavaAccess<?> access) {
    String target = access.getTargetOwner().getName() + "." + access.getTarget().getName();
    String full = access.getTarget().getFullName();
    for (Entry entry : entries) {
      if (entry.pattern.matcher(target).matches() || entry.pattern.matcher(full).matches()) {
        return entry.instead;
      }
    }
    return null;
  }

  /** Tells whether a type is one whose objects change. */
  static boolean changes(String type) {
    return CHANGING.contains(type)
        || type.startsWith("[")
        || type.endsWith("[]")
        || type.startsWith("java.util.concurrent.");
  }

  /** Which target, and what to use instead. */
  record Entry(Pattern pattern, String instead) {}

  /** What is said more than once. */
  private static final class Hints {
    static final String NOW = "use ctx.now()";
    static final String RANDOM = "use ctx.random()";
    static final String PARALLEL =
        "start several steps (ctx.call, ctx.callChild) and join them by ctx.all, any or race";
    static final String ACTIVITY = "do it in an activity and ctx.call that";
    static final String INPUT = "pass it in the input, or read it in an activity";
  }
}
