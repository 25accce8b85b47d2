package io.millrace.buffer.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options that something has, and how each is set. Immutable.
 *
 * @param <B> what takes the options, a builder
 */
public final class Catalog<B> {

  /** Sets an option whose key holds a name that the user chose. */
  @FunctionalInterface
  public interface NamedSetter<B, T> {

    /** Sets it. */
    void set(B builder, String name, T value);
  }

  private record Entry<B, T>(Setting<T> setting, NamedSetter<B, T> setter) {

    /** Returns what stands for the {@code *}, empty if there is none; null for another key. */
    @Nullable String nameIn(String key) {
      int star = setting.key().indexOf('*');
      if (star < 0) {
        return setting.key().equals(key) ? "" : null;
      }
      String head = setting.key().substring(0, star);
      String tail = setting.key().substring(star + 1);
      int length = key.length() - head.length() - tail.length();
      return length > 0 && key.startsWith(head) && key.endsWith(tail)
          ? key.substring(head.length(), head.length() + length)
          : null;
    }

    void apply(B builder, String name, String text) {
      setter.set(builder, name, setting.parse(text));
    }

    <A> Entry<A, T> through(Function<A, B> way) {
      return new Entry<>(
          setting, (builder, name, value) -> setter.set(way.apply(builder), name, value));
    }
  }

  private final List<Entry<B, ?>> entries;

  private Catalog(List<Entry<B, ?>> entries) {
    this.entries = entries;
  }

  /** Returns one without options. */
  public static <B> Catalog<B> empty() {
    return new Catalog<>(List.of());
  }

  /** Returns one with an option more. */
  public <T> Catalog<B> with(Setting<T> setting, BiConsumer<B, T> setter) {
    return withNamed(setting, (builder, name, value) -> setter.accept(builder, value));
  }

  /** Returns one with an option more, whose key holds a {@code *}. */
  public <T> Catalog<B> withNamed(Setting<T> setting, NamedSetter<B, T> setter) {
    List<Entry<B, ?>> more = new ArrayList<>(entries);
    more.add(new Entry<>(setting, setter));
    return new Catalog<>(List.copyOf(more));
  }

  /**
   * Returns one with the options of another more.
   *
   * @param way leads from what takes these options to what takes the others
   */
  public <A> Catalog<B> withAll(Catalog<A> others, Function<B, A> way) {
    List<Entry<B, ?>> more = new ArrayList<>(entries);
    others.entries.forEach(each -> more.add(each.through(way)));
    return new Catalog<>(List.copyOf(more));
  }

  /** Returns all options, in a fixed order. */
  public List<Setting<?>> settings() {
    return entries.stream().<Setting<?>>map(Entry::setting).toList();
  }

  /**
   * Sets what is given, in the order of {@link #settings}, whatever the order in which it stands.
   *
   * @throws SettingsException at one that is wrong: a key that is none, with the nearest right one;
   *     a value that cannot be read or is out of range, with what is allowed
   */
  public void apply(Settings given, B builder) {
    for (String key : given.keys()) {
      requireKnown(given, key);
    }
    applyKnown(given, builder);
  }

  /** As {@link #apply}, and leaves alone what is another catalogue's. */
  public void applyKnown(Settings given, B builder) {
    for (Entry<B, ?> entry : entries) {
      for (String key : given.keys()) {
        String name = entry.nameIn(key);
        if (name != null) {
          apply(entry, given, key, name, builder);
        }
      }
    }
  }

  private void requireKnown(Settings given, String key) {
    for (Entry<B, ?> entry : entries) {
      if (entry.nameIn(key) != null) {
        return;
      }
    }
    List<String> keys = settings().stream().map(Setting::key).toList();
    throw given.wrong(key, "there is no such setting, key=" + key + Nearest.hint(key, keys), null);
  }

  private void apply(Entry<B, ?> entry, Settings given, String key, String name, B builder) {
    try {
      entry.apply(builder, name, String.valueOf(given.value(key)));
    } catch (IllegalArgumentException e) {
      throw given.wrong(key, String.valueOf(e.getMessage()), e);
    }
  }
}
