package io.millrace.engine.replaying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The replay engine by itself: history, messages and code to the whole outcome, row by row. */
class ReplayTablesTest {

  private static Map<String, List<ReplayCase>> tables() {
    Map<String, List<ReplayCase>> tables = new LinkedHashMap<>();
    tables.put("fresh executions", StepTables.FRESH.get());
    tables.put("calls", StepTables.CALLS.get());
    tables.put("timers", StepTables.TIMERS.get());
    tables.put("events", StepTables.EVENTS.get());
    tables.put("joins", CombinationTables.JOINS.get());
    tables.put("any", CombinationTables.FIRSTS.get());
    tables.put("races", CombinationTables.RACES.get());
    tables.put("giving up", CombinationTables.GIVING_UP.get());
    tables.put("cancellation", LifeTables.CANCELLATION.get());
    tables.put("children", LifeTables.CHILDREN.get());
    tables.put("continue as new", KeptTables.CONTINUING.get());
    tables.put("key-values and status", KeptTables.VALUES.get());
    tables.put("versions", KeptTables.VERSIONS.get());
    tables.put("ends of the code", FaultTables.ENDS.get());
    tables.put("corrupt histories", FaultTables.DAMAGE.get());
    tables.put("nondeterminism", FaultTables.DIVERGENCES.get());
    return tables;
  }

  @TestFactory
  Stream<DynamicContainer> c20_shouldGiveTheWholeOutcome() {
    return tables().entrySet().stream()
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.getKey(),
                    table.getValue().stream()
                        .map(row -> DynamicTest.dynamicTest(row.name, row::check))));
  }

  @Test
  void shouldHoldTwoHundredDifferentCases() {
    Map<ReplayCase.Fingerprint, String> seen = new HashMap<>();
    List<String> twice = new ArrayList<>();
    tables()
        .forEach(
            (table, rows) ->
                rows.forEach(
                    row -> {
                      String name = table + ": " + row.name;
                      String other = seen.put(row.fingerprint(), name);
                      if (other != null) {
                        twice.add(other + " = " + name);
                      }
                    }));

    assertThat(twice).as("cases with equal input and outcome").isEmpty();
    assertThat(seen).hasSizeGreaterThanOrEqualTo(200);
  }
}
