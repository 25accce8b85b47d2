package io.millrace.buffer.internal.segment;

/**
 * Which segment. Ordered as they were written.
 *
 * @param generation the epoch of the process life that wrote it, from 1; names the folder
 * @param number within the generation, from 1
 */
public record SegmentName(long generation, int number) implements Comparable<SegmentName> {

  /** Returns the name of the segment after this one in the same generation. */
  public SegmentName next() {
    return new SegmentName(generation, number + 1);
  }

  @Override
  public int compareTo(SegmentName other) {
    int byGeneration = Long.compare(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Integer.compare(number, other.number);
  }
}
