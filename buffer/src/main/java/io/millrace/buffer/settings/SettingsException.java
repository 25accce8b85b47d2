package io.millrace.buffer.settings;

import org.jspecify.annotations.Nullable;

/**
 * An option that was given as text is wrong. The message names where it stands, the key, the value
 * and what is allowed.
 */
public final class SettingsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String origin;
  private final String key;

  SettingsException(String origin, String key, String message, @Nullable Throwable cause) {
    super(origin + ": " + message, cause);
    this.origin = origin;
    this.key = key;
  }

  /** Returns where it stands: a file and line, an option of a command. */
  public String origin() {
    return origin;
  }

  /** Returns the key, empty if there is none. */
  public String key() {
    return key;
  }
}
