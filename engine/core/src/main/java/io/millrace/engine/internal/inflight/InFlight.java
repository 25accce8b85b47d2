package io.millrace.engine.internal.inflight;

/** Notes what user code is being run. Each place is used by one thread at a time. */
public interface InFlight {

  /** How many places there are; they are numbered from 0. */
  int places();

  /** User code is about to be entered. Never blocks for the disk. */
  void note(int place, Noted what);

  /** It was left. */
  void clear(int place);

  /** What an earlier life left is counted, durably: it need not be kept here any more. */
  void counted();

  /** From now on nothing that runs counts: an orderly close, or poison. Idempotent; any thread. */
  void end();

  /** Returns one that keeps nothing, for an engine without directory. */
  static InFlight none(int places) {
    return new InFlight() {
      @Override
      public int places() {
        return places;
      }

      @Override
      public void note(int place, Noted what) {}

      @Override
      public void clear(int place) {}

      @Override
      public void counted() {}

      @Override
      public void end() {}
    };
  }
}
