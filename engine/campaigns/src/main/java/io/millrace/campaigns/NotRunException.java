package io.millrace.campaigns;

import java.io.Serial;

/** A campaign needs something that this machine lacks; it counts as not run. */
public final class NotRunException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Names what is lacking. */
  public NotRunException(String message) {
    super(message);
  }
}
