package io.millrace.jmh.neighbours;

import java.util.ArrayList;
import java.util.List;

/** The workload: five activities at once, each echoes what it is given; their echoes joined. */
final class FanOut {

  /** How many activities an orchestration has. */
  static final int ACTIVITIES = 5;

  private FanOut() {}

  /** Returns what an activity is given. */
  static String input(long number, int activity) {
    return "task-" + activity + ":" + number;
  }

  /** Returns what comes of the echoes, in the order of the activities. */
  static String join(List<String> echoes) {
    long digest = 0;
    for (String echo : echoes) {
      digest = 31 * digest + echo.hashCode();
    }
    return echoes.size() + " tasks, digest " + Long.toHexString(digest);
  }

  /** Returns what an orchestration must return. */
  static String expected(long number) {
    List<String> echoes = new ArrayList<>();
    for (int activity = 0; activity < ACTIVITIES; activity++) {
      echoes.add(input(number, activity));
    }
    return join(echoes);
  }
}
