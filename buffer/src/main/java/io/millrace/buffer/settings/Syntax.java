package io.millrace.buffer.settings;

import java.time.Duration;
import java.util.function.Function;

/**
 * How values of one kind are written, and which are allowed. Immutable.
 *
 * @param <T> the values
 */
public interface Syntax<T> {

  /**
   * Reads a value; does not check its range.
   *
   * @throws IllegalArgumentException if the text is no such value; the message says what is
   */
  T parse(String text);

  /** Writes a value so that {@link #parse} reads it. */
  String text(T value);

  /** Tells whether a value is in range. */
  boolean allows(T value);

  /** Says what is allowed, to go after "must": {@code lie between 1 and 64}. */
  String expected();

  /** Says what someone may have meant, {@code ; did you mean full?}; empty if nothing is close. */
  default String nearest(String written) {
    return "";
  }

  /** Returns the Java type of the values. */
  Class<T> type();

  /** Whole numbers. */
  static Syntax<Integer> number(int min, int max) {
    return new Ranged<>(
        Integer.class, min, max, text -> Math.toIntExact(Numbers.parse(text)), String::valueOf);
  }

  /** Large whole numbers. */
  static Syntax<Long> number(long min, long max) {
    return new Ranged<>(Long.class, min, max, Numbers::parse, String::valueOf);
  }

  /** Numbers with a fraction. */
  static Syntax<Double> fraction(double min, double max) {
    return new Ranged<>(Double.class, min, max, Numbers::parseFraction, String::valueOf);
  }

  /** Sizes in bytes: {@code 65536}, {@code 64KiB}, {@code 4 MiB}. */
  static Syntax<Long> size(long min, long max) {
    return new Ranged<>(Long.class, min, max, Sizes::parse, Sizes::text);
  }

  /** Sizes in bytes that an int holds. */
  static Syntax<Integer> size(int min, int max) {
    return new Ranged<>(
        Integer.class,
        min,
        max,
        text -> Math.toIntExact(Sizes.parse(text)),
        bytes -> Sizes.text(bytes));
  }

  /** Lengths of time: {@code 20ms}, {@code 1.5s}, {@code 2m}, {@code PT0.02S}. */
  static Syntax<Duration> time(Duration min, Duration max) {
    return new Ranged<>(Duration.class, min, max, Times::parse, Times::text);
  }

  /** {@code true} or {@code false}. */
  static Syntax<Boolean> yesOrNo() {
    return new Named<>(
        Boolean.class,
        "be true or false",
        text -> {
          if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
          }
          throw new IllegalArgumentException("be true or false");
        },
        String::valueOf);
  }

  /** One of some names; case, and {@code -} for {@code _}, do not matter. */
  static <E extends Enum<E>> Syntax<E> oneOf(Class<E> names) {
    return new Choice<>(names);
  }

  /**
   * Values with a form of their own, which check themselves.
   *
   * @param expected as {@link #expected}
   * @param parse throws {@link IllegalArgumentException} with what is wrong
   */
  static <T> Syntax<T> form(
      Class<T> type, String expected, Function<String, T> parse, Function<T, String> text) {
    return new Named<>(type, expected, parse, text);
  }
}
