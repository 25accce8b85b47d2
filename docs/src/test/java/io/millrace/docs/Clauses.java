package io.millrace.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is promised, and the tests whose names say that they prove it: the clauses of {@code
 * docs/contract.md} (C13b), the rules of {@code docs/rules.md} (R4) and the invariants of {@code
 * docs/architecture.md} (I2). Written as a page by {@link #main}.
 */
final class Clauses {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final String PAGE = "docs/clauses.md";

  private static final Pattern CLAUSE = Pattern.compile("(?m)^- ([●○]) \\*\\*(C\\d+[a-z])\\*\\* ");
  private static final Pattern RULE = Pattern.compile("(?m)^(?:- \\*\\*|\\| )([RI]\\d+)\\b");
  private static final Pattern METHOD =
      Pattern.compile("void ((?:[cri]\\d+[a-z]?_|to_)+)(\\w+)\\(");
  private static final Pattern NUMBER = Pattern.compile("([cri]\\d+[a-z]?)_");
  private static final Pattern RANGE = Pattern.compile("([ri])(\\d+)_to_\\1(\\d+)_");

  private static final Pattern PARENT = Pattern.compile("class (\\w+)\\S* extends (\\w+)");

  /** Whose tests run in memory and on files, most of them also after a kill and a power cut. */
  private static final Set<String> EVERYWHERE = Set.of("EveryStore", "MillraceContract");

  private static final String FILES_ALONE = "FileMillraceContract";

  private final Path root;
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, Boolean> stands = new LinkedHashMap<>();
  private final Map<String, Set<String>> tests = new LinkedHashMap<>();
  private final List<String> unknown = new ArrayList<>();

  private Clauses(Path root) {
    this.root = root;
  }

  /** Reads the pages and the names of all tests of a checkout. */
  static Clauses read(Path root) throws IOException {
    Clauses clauses = new Clauses(root);
    clauses.promised("docs/contract.md", CLAUSE);
    clauses.promised("docs/architecture.md", RULE);
    clauses.promised("docs/rules.md", RULE);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Clauses::isTest).sorted().toList()) {
        clauses.proved(file);
      }
    }
    return clauses;
  }

  private static boolean isTest(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains("/src/test/java/");
  }

  private void promised(String page, Pattern pattern) throws IOException {
    String text = Files.readString(root.resolve(page));
    Matcher clause = pattern.matcher(text);
    while (clause.find()) {
      boolean lettered = clause.groupCount() == 2;
      String name = clause.group(lettered ? 2 : 1);
      boolean built = lettered ? clause.group(1).equals("●") : !isLater(text, clause.end());
      if (stands.put(name, built) != null) {
        throw new IllegalStateException(page + " has two clauses of one name, clause=" + name);
      }
      tests.put(name, new TreeSet<>());
    }
  }

  /** A rule for a part that is not built says so at its beginning. */
  private static boolean isLater(String text, int from) {
    return text.substring(from, text.indexOf('\n', from)).contains("*Later");
  }

  private void proved(Path file) throws IOException {
    String type = file.getFileName().toString().replace(".java", "");
    String source = Files.readString(file);
    Matcher parent = PARENT.matcher(source);
    while (parent.find()) {
      if (parent.group(1).equals(type)) {
        parents.put(type, parent.group(2));
      }
    }
    Matcher method = METHOD.matcher(source);
    while (method.find()) {
      String test = type + "." + method.group(1) + method.group(2);
      Matcher number = NUMBER.matcher(RANGE.matcher(method.group(1)).replaceAll(Clauses::spread));
      while (number.find()) {
        String clause = nameOf(number.group(1));
        Set<String> proofs = tests.get(clause);
        if (proofs == null) {
          unknown.add(test + " names " + clause);
        } else {
          proofs.add(test);
        }
      }
    }
  }

  /** i1_to_i5_ proves five. */
  private static String spread(MatchResult range) {
    return IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
        .mapToObj(number -> range.group(1) + number + "_")
        .collect(Collectors.joining());
  }

  /** The letter of a clause is small, and rules and invariants have none: r13b proves R13. */
  private static String nameOf(String number) {
    String kind = number.substring(0, 1).toUpperCase(Locale.ROOT);
    return kind.equals("C") ? kind + number.substring(1) : (kind + number.replaceAll("\\D", ""));
  }

  /** Returns the clauses that are said to stand and have no test. */
  List<String> unproved() {
    return stands.keySet().stream()
        .filter(name -> Boolean.TRUE.equals(stands.get(name)) && proofs(name).isEmpty())
        .toList();
  }

  /** Returns the clauses of the contract that no test proves wherever an engine keeps things. */
  Set<String> provedInOnePlaceOnly() {
    return stands.keySet().stream()
        .filter(name -> name.startsWith("C"))
        .filter(name -> proofs(name).stream().noneMatch(this::runsEverywhere))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean runsEverywhere(String test) {
    for (String type = test.substring(0, test.indexOf('.'));
        type != null && !type.equals(FILES_ALONE);
        type = parents.get(type)) {
      if (EVERYWHERE.contains(type)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the clauses that are not said to stand. */
  List<String> planned() {
    return stands.keySet().stream().filter(name -> Boolean.FALSE.equals(stands.get(name))).toList();
  }

  /** Returns tests that name a clause which no page has. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  private Set<String> proofs(String name) {
    return tests.getOrDefault(name, new TreeSet<>());
  }

  /** Returns the page. */
  String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        "# Clauses and their tests\n\nGenerated from the names of the tests, by `Clauses` in");
    page.append(
        " this module's tests; not written by hand. [What the engine promises](contract.md)");
    page.append(",\n[the rules](rules.md), [the invariants](architecture.md).\n\n");
    page.append("Tests marked ● run in memory and on files; those of durable clauses also after a");
    page.append(
        " killed process and a power cut, and with\nevery idle instance out of memory.\n\n");
    page.append("| clause | tests |\n|---|---|\n");
    for (String name : stands.keySet()) {
      page.append("| ").append(name).append(Boolean.TRUE.equals(stands.get(name)) ? "" : " ○");
      page.append(" | ");
      page.append(
          proofs(name).stream()
              .map(test -> runsEverywhere(test) ? "● " + test : test)
              .collect(Collectors.joining("<br>")));
      page.append(" |\n");
    }
    return page.toString();
  }

  /** Writes the page into the checkout that the argument names, or the working directory's. */
  public static void main(String[] args) throws IOException {
    Path root = args.length == 0 ? ROOT : Path.of(args[0]).toAbsolutePath().normalize();
    Clauses clauses = read(root);
    Files.writeString(root.resolve(PAGE), clauses.page(), StandardCharsets.UTF_8);
    System.out.println("stand without a test: " + clauses.unproved());
    System.out.println("planned: " + clauses.planned());
    System.out.println("unknown: " + clauses.unknown());
  }
}
