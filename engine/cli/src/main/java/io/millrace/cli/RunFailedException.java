package io.millrace.cli;

/** A run began and did not succeed; the message is for a person. */
final class RunFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunFailedException(String message) {
    super(message, null, false, false);
  }
}
