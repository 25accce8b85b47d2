package io.millrace.campaigns.mutation;

/**
 * What one run of an area gave.
 *
 * @param area which
 * @param at when it was written down, ISO 8601
 * @param commit the repository's
 * @param clean whether nothing in the working tree differed from it
 * @param mutants how many changes were tried
 * @param killed how many made a test fail
 * @param timedOut how many kept the code from ending, which counts as noticed
 * @param survived how many no test noticed
 * @param uncovered how many of the code that no test of the area runs
 * @param machine processors, memory, system, JDK
 */
public record MutationRow(
    String area,
    String at,
    String commit,
    boolean clean,
    long mutants,
    long killed,
    long timedOut,
    long survived,
    long uncovered,
    String machine) {}
