package io.millrace.engine;

import java.util.List;

/**
 * Where an orchestration's code and a recorded history part: the code asked for something else than
 * it did when the history was written. The instance is set aside until code that fits is there.
 *
 * @param instanceId the instance
 * @param orchestration the name of what it runs
 * @param version the version of what it runs
 * @param execution its execution, from 1
 * @param turn the turn in which they part, from 1
 * @param event the number of the event that does not fit
 * @param difference in what they differ
 * @param before the events just before that, in words
 * @param expected what history holds there, in words
 * @param found what the code asked for, in words
 * @param location the line of the user's code that asked, as in {@code Shop.java:17
 *     (shop.Shop.checkout)}; empty if it asked for nothing
 * @param advice what to do about it
 */
public record NondeterminismReport(
    String instanceId,
    String orchestration,
    String version,
    int execution,
    int turn,
    int event,
    Difference difference,
    List<String> before,
    String expected,
    String found,
    String location,
    String advice) {

  /** In what code and history differ. */
  public enum Difference {
    /** It is another kind of action: a timer instead of a call. */
    KIND("the kind"),
    /** It is of the same kind, and has another name. */
    NAME("the name"),
    /** It is the same child orchestration in another version. */
    VERSION("the version"),
    /** It is the same activity with another tag. */
    TAG("the tag"),
    /** It gives up another action. */
    TARGET("what is cancelled"),
    /** The code asks for something where it asked for nothing. */
    MORE("the code asks for more"),
    /** The code waits or ends where it asked for something. */
    LESS("the code asks for less"),
    /** The code no longer has the version of a change that history names. */
    CHANGE_VERSION("the version of a change");

    private final String words;

    Difference(String words) {
      this.words = words;
    }

    /** Returns it in words. */
    public String words() {
      return words;
    }
  }

  /** Copies the list. */
  public NondeterminismReport {
    before = List.copyOf(before);
  }

  /** Returns the report for a person, over several lines. */
  public String text() {
    String margin = " ".repeat(Integer.toString(event).length());
    StringBuilder text = new StringBuilder(1_024);
    text.append("nondeterminism: the code does not fit the history of the instance, id=")
        .append(instanceId);
    if (!location.isEmpty()) {
      text.append('\n').append(margin).append("--> ").append(location);
    }
    text.append('\n').append(margin).append(" |  orchestration ").append(orchestration);
    text.append(", version ").append(version).append(", execution ").append(execution);
    text.append(", turn ").append(turn).append('\n').append(margin).append(" |");
    int number = event - before.size();
    for (String line : before) {
      text.append('\n').append(padded(number++, margin.length())).append(" |  ").append(line);
    }
    text.append('\n').append(event).append(" |> ").append(expected);
    text.append('\n').append(margin).append(" |");
    note(text, margin, "history holds", expected);
    note(text, margin, "code asks for", found);
    note(text, margin, "they differ in", difference.words());
    note(text, margin, "help", advice);
    return text.toString();
  }

  private static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return " ".repeat(width - digits.length()) + digits;
  }

  private static void note(StringBuilder text, String margin, String label, String words) {
    text.append('\n').append(margin).append(" = ").append(label).append(": ");
    text.append(words.replace("\n", "\n" + margin + "   "));
  }

  @Override
  public String toString() {
    return text();
  }
}
