package io.millrace.jmh.profile;

/**
 * One of the two runs.
 *
 * @param name what its files begin with
 * @param title what it ran
 * @param perSecond orchestrations a second, while it was sampled
 * @param cpuMicros processor time of the process for each of them
 * @param allocatedBytes bytes allocated for each of them
 */
record Profiled(
    String name, String title, double perSecond, double cpuMicros, double allocatedBytes) {}
