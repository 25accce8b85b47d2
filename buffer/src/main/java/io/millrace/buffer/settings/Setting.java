package io.millrace.buffer.settings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One option: its key, what it takes, its default, what it does. Immutable.
 *
 * @param <T> its values
 */
public final class Setting<T> {

  private final String key;
  private final Syntax<T> syntax;
  private final @Nullable T standard;
  private final String standardText;
  private final String about;

  private Setting(
      String key, Syntax<T> syntax, @Nullable T standard, String standardText, String about) {
    this.key = Objects.requireNonNull(key, "key");
    this.syntax = Objects.requireNonNull(syntax, "syntax");
    this.standard = standard;
    this.standardText = standardText;
    this.about = Objects.requireNonNull(about, "about");
  }

  /**
   * Makes one.
   *
   * @param key camel case; one {@code *} stands for a name that the user chooses
   * @param about one sentence or two, without the default and the range
   */
  public static <T> Setting<T> of(String key, Syntax<T> syntax, T standard, String about) {
    return new Setting<>(key, syntax, standard, syntax.text(standard), about);
  }

  /** Makes one whose default follows from others, in words. */
  public static <T> Setting<T> derived(
      String key, Syntax<T> syntax, String standard, String about) {
    return new Setting<>(key, syntax, null, standard, about);
  }

  /** Returns its name. */
  public String key() {
    return key;
  }

  /** Returns how its values are written. */
  public Syntax<T> syntax() {
    return syntax;
  }

  /**
   * Returns the default.
   *
   * @throws NullPointerException if it follows from others
   */
  public T standard() {
    return Objects.requireNonNull(standard, key);
  }

  /** Returns the default as text, in words if it follows from others. */
  public String standardText() {
    return standardText;
  }

  /** Tells whether the default follows from others. */
  public boolean isDerived() {
    return standard == null;
  }

  /** Returns what it does. */
  public String about() {
    return about;
  }

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if it is out of range; names key, range and value
   * @throws NullPointerException if it is null; names the key
   */
  public T check(T value) {
    Objects.requireNonNull(value, key);
    if (!syntax.allows(value)) {
      throw new IllegalArgumentException(
          key + " must " + syntax.expected() + ", " + key + "=" + syntax.text(value));
    }
    return value;
  }

  /**
   * Reads a value and checks it.
   *
   * @throws IllegalArgumentException if it cannot be read or is out of range; names key, what is
   *     allowed, and value
   */
  public T parse(String text) {
    T value;
    try {
      value = syntax.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          key + " must " + e.getMessage() + ", " + key + "=" + shown(text), e);
    }
    return check(value);
  }

  private static String shown(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  @Override
  public String toString() {
    return key;
  }
}
