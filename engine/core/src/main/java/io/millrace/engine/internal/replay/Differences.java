package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Hears how a replay compares in what is recorded but need not be equal (C20): inputs, deadlines,
 * options. History wins whatever it hears. Confined to the turn's thread.
 */
interface Differences {

  /**
   * A value was given where history holds one.
   *
   * @param event its event number
   * @param what what it is, in words
   * @param recorded what history holds
   * @param given what the code gave this time
   * @param type its type
   */
  void value(int event, String what, Payload recorded, @Nullable Object given, TypeRef<?> type);

  /**
   * Something with a plain text was given where history holds one.
   *
   * @param event its event number
   * @param what what it is, in words
   * @param recorded what history holds
   * @param given what the code gave this time
   */
  void text(int event, String what, String recorded, String given);
}
