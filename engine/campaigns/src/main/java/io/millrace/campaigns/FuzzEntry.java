package io.millrace.campaigns;

import org.jspecify.annotations.Nullable;

/** What the guided fuzzer calls, by name, in a process of its own: one decoder, input by input. */
public final class FuzzEntry {

  // written by: the fuzzer's thread, before the first input
  private static @Nullable FuzzTarget target;

  private FuzzEntry() {}

  /**
   * Chooses the decoder.
   *
   * @param arguments its name
   */
  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTarget.valueOf(arguments[0]);
  }

  /**
   * Feeds one input.
   *
   * @throws BrokenPromiseException if it was neither read nor refused, or took too much memory
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (target == null) {
      throw new IllegalStateException("expected the name of a decoder before the first input");
    }
    FuzzCampaign.feed(target, bytes, "guided");
  }
}
