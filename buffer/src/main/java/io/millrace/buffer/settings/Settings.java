package io.millrace.buffer.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options as someone wrote them: keys and texts, and where each stands. Immutable. What they mean,
 * and whether they are right, a {@link Catalog} says.
 *
 * <p>The file's form is that of {@code .properties}, without its rarer parts: {@code key = value}
 * on a line, {@code #} before a comment, UTF-8, no escapes, no key twice, at most a mebibyte.
 */
public final class Settings {

  private static final int BYTES_MAX = 1 << 20;
  private static final Settings EMPTY = new Settings(Map.of());

  private record Given(String value, String origin) {}

  private final Map<String, Given> given;

  private Settings(Map<String, Given> given) {
    this.given = given;
  }

  /** Returns settings that set nothing. */
  public static Settings empty() {
    return EMPTY;
  }

  /**
   * Takes settings that something else has read.
   *
   * @param origin where they stand, for messages
   */
  public static Settings of(Map<String, String> values, String origin) {
    Settings settings = EMPTY;
    for (Map.Entry<String, String> each : values.entrySet()) {
      settings = settings.with(each.getKey(), each.getValue(), origin);
    }
    return settings;
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException if it is not there, cannot be read, or a line is none of the form
   */
  public static Settings read(Path file) {
    try {
      long size = Files.size(file);
      if (size > BYTES_MAX) {
        throw new SettingsException(
            file.toString(), "", "a settings file has at most 1 MiB, bytes=" + size, null);
      }
      return parse(decoded(Files.readAllBytes(file)), file.toString());
    } catch (NoSuchFileException e) {
      throw new SettingsException(file.toString(), "", "there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new SettingsException(file.toString(), "", "the file is not UTF-8", e);
    } catch (IOException e) {
      throw new SettingsException(file.toString(), "", "cannot be read: " + e, e);
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /**
   * Reads a file's text.
   *
   * @param origin where it stands; messages add the line
   * @throws SettingsException if a line is none of the form
   */
  public static Settings parse(String text, String origin) {
    Map<String, Given> given = new LinkedHashMap<>();
    int number = 0;
    for (String each : (Iterable<String>) text.lines()::iterator) {
      number++;
      String line = each.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = origin + ":" + number;
      int sign = line.indexOf('=');
      String key = sign < 0 ? "" : line.substring(0, sign).strip();
      if (key.isEmpty()) {
        throw new SettingsException(where, "", "expected key = value, found " + cut(line), null);
      }
      String value = line.substring(sign + 1).strip();
      if (value.indexOf('\\') >= 0) {
        throw new SettingsException(
            where,
            key,
            "a value holds no \\: there are no escapes, " + key + "=" + cut(value),
            null);
      }
      Given before = given.put(key, new Given(value, where));
      if (before != null) {
        throw new SettingsException(
            where, key, key + " is set twice, the first time at " + before.origin(), null);
      }
    }
    return new Settings(Collections.unmodifiableMap(given));
  }

  private static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  /** Returns settings that differ in one key. */
  public Settings with(String key, String value, String origin) {
    Map<String, Given> changed = new LinkedHashMap<>(given);
    changed.put(key, new Given(value, origin));
    return new Settings(Collections.unmodifiableMap(changed));
  }

  /** Returns the keys, in the order in which they were written. */
  public Set<String> keys() {
    return given.keySet();
  }

  /** Returns a key's text, null if it is not set. */
  public @Nullable String value(String key) {
    Given found = given.get(key);
    return found == null ? null : found.value();
  }

  SettingsException wrong(String key, String message, @Nullable Throwable cause) {
    Given found = given.get(key);
    return new SettingsException(found == null ? "" : found.origin(), key, message, cause);
  }
}
