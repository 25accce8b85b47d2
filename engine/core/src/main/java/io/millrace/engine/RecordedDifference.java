package io.millrace.engine;

/**
 * Something that code gave otherwise at a replay than history holds, and that need not be equal: an
 * input, a deadline, an option. What history holds counts.
 *
 * @param event the number of the event
 * @param what what it is, in words
 * @param recorded what history holds, as text
 * @param given what the code gave this time, as text
 */
public record RecordedDifference(int event, String what, String recorded, String given) {}
