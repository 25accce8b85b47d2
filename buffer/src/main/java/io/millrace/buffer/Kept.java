package io.millrace.buffer;

/** What became of a command whose answer a close cut short. */
public enum Kept {
  /** It was not accepted: nothing of it is there after reopening, and it may be given again. */
  NO,
  /** It is durable: reopening finds it, and giving it again would be a second one. */
  YES,
  /** The close ended before that was certain: look after reopening. */
  UNKNOWN
}
