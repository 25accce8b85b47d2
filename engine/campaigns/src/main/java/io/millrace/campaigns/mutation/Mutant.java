package io.millrace.campaigns.mutation;

/**
 * A change of the code, and what the tests made of it.
 *
 * @param status as PIT says: KILLED, TIMED_OUT, SURVIVED, NO_COVERAGE, ...
 * @param detected whether a test failed, or the code no longer ended
 * @param owner the class, without its package
 * @param method where
 * @param line of the source then
 * @param change what, in PIT's words
 * @param place which of the method's mutants with that change, from 1; it stays the same while the
 *     method does
 */
record Mutant(
    String status,
    boolean detected,
    String owner,
    String method,
    int line,
    String change,
    int place) {

  /** Returns what names it from one run to the next. */
  String key() {
    return owner + "." + method + " | " + change + " | " + place;
  }
}
