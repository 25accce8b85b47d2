package io.millrace.buffer.internal.journal;

/** A record that was synced is damaged or missing. The message names position, file and offset. */
public final class JournalCorruptException extends JournalFailedException {

  private static final long serialVersionUID = 1L;

  JournalCorruptException(String message) {
    super(message);
  }
}
