package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.buffer.Health.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one process was heard to say. The threads of its reader and of its episode share it. */
final class Heard {

  private static final int BROKEN_MAX = 20;

  // All guarded by: this
  private final Set<String> started = new HashSet<>();
  private final Map<String, String> returned = new HashMap<>();
  private final Set<Concern> concerns = EnumSet.noneOf(Concern.class);
  private final List<String> broken = new ArrayList<>();
  private boolean opened;
  private boolean rested;
  private boolean closed;
  private String unopened = "";
  private String listened = "";
  private String asked = "";
  private long failures;

  synchronized void hear(String line) {
    if (line.startsWith(DiskProcess.STARTED)) {
      started.add(line.substring(DiskProcess.STARTED.length()));
    } else if (line.startsWith(DiskProcess.RETURNED)) {
      String[] words = line.substring(DiskProcess.RETURNED.length()).split(" ", 2);
      returned.put(words[0], words[1]);
    } else if (line.startsWith(DiskProcess.LISTENED)) {
      listened = judged(line.substring(DiskProcess.LISTENED.length()));
    } else if (line.startsWith(DiskProcess.ASKED)) {
      asked = judged(line.substring(DiskProcess.ASKED.length()));
    } else if (line.startsWith(DiskProcess.FAILED)) {
      failures++;
      // Only once nothing can be trusted, and by the exception that says so.
      if (!line.contains(" BufferFailedException: ")) {
        broken(line);
      }
    } else if (line.equals(DiskProcess.OPENED)) {
      opened = true;
    } else if (line.startsWith(DiskProcess.REST)) {
      rested = line.equals(DiskProcess.REST + 0);
    } else if (line.startsWith(DiskProcess.CLOSED)) {
      closed = true;
    } else if (line.startsWith(DiskProcess.UNOPENED)) {
      unopened = line.substring(DiskProcess.UNOPENED.length());
    } else {
      broken(line);
    }
    notifyAll();
  }

  /** Checks a state against the table in the fault model, and returns it without its reason. */
  private String judged(String said) {
    String[] words = said.split(" ", 4);
    State state = State.valueOf(words[0]);
    Concern concern = Concern.valueOf(words[1]);
    boolean hasCause = !words[2].equals("-");
    boolean hasReason = words[3].length() > 1;
    concerns.add(concern);
    boolean fits =
        switch (concern) {
          case NONE -> state == State.HEALTHY && !hasCause && !hasReason;
          case STORE_STUMBLES, DISK_STALLS -> state == State.DEGRADED && hasReason;
          case STORE_LAGS, DISK_SHORT -> state == State.READ_ONLY && hasReason;
          case FAULT -> state == State.FAILED && hasCause && hasReason;
        };
    if (!fits) {
      broken("a state that is not as documented: " + said);
    }
    return words[0];
  }

  private void broken(String what) {
    if (broken.size() < BROKEN_MAX) {
      broken.add(what);
    }
  }

  synchronized boolean opened() {
    return opened;
  }

  /** Returns why the directory could not be opened; empty if it was. */
  synchronized String unopened() {
    return unopened;
  }

  synchronized boolean is(State state) {
    return listened.equals(state.name()) && asked.equals(state.name());
  }

  synchronized boolean met(Concern concern) {
    return concerns.contains(concern);
  }

  synchronized Set<Concern> concerns() {
    return EnumSet.copyOf(concerns.isEmpty() ? EnumSet.of(Concern.NONE) : concerns);
  }

  synchronized Set<String> started() {
    return new HashSet<>(started);
  }

  synchronized Map<String, String> returned() {
    return new HashMap<>(returned);
  }

  synchronized int results() {
    return returned.size();
  }

  /** Returns what is wrong with what was heard in all; empty if nothing is. */
  synchronized List<String> problems() {
    List<String> problems = new ArrayList<>(broken);
    if (opened && !rested) {
      problems.add("somebody waited and heard nothing");
    }
    if (opened && !closed) {
      problems.add("it did not close");
    }
    if (failures > 0 && !concerns.contains(Concern.FAULT)) {
      problems.add("callers were told of a failure that health never showed");
    }
    return problems;
  }

  @Override
  public synchronized String toString() {
    return "heard[opened="
        + opened
        + " unopened='"
        + unopened
        + "' listened="
        + listened
        + " asked="
        + asked
        + " concerns="
        + concerns
        + " started="
        + started.size()
        + " returned="
        + returned.size()
        + " failures="
        + failures
        + " broken="
        + broken
        + "]";
  }
}
