package io.millrace.storage.payload;

import io.millrace.storage.internal.payload.Plans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns users' values into payloads and back: writes with one codec, reads with whichever wrote.
 * Thread-safe; one for each data directory.
 */
public final class Payloads {

  /** How large a payload may be where nothing else is said, in bytes: 1 MiB. */
  public static final int DEFAULT_BYTES_MAX = 1 << 20;

  /** How deep values may nest, lists and records counted alike; a cycle is caught by this. */
  public static final int DEPTH_MAX = 256;

  private final PayloadTypes types;
  private final PayloadCodec codec;
  private final @Nullable PayloadCodec[] byMarker = new PayloadCodec[256];
  private final int bytesMax;
  private final ConcurrentHashMap<TypeRef<?>, Boolean> immutable = new ConcurrentHashMap<>();

  /**
   * Makes one.
   *
   * @param types the types of the data directory
   * @param codec writes, and reads what it wrote
   * @param readers read what they wrote earlier; may be empty
   * @param bytesMax how large a payload may be, from 16
   * @throws IllegalArgumentException if two codecs have one marker, or the limit is too small
   */
  public Payloads(
      PayloadTypes types,
      PayloadCodec codec,
      Collection<? extends PayloadCodec> readers,
      int bytesMax) {
    if (bytesMax < 16) {
      throw new IllegalArgumentException(
          "expected room for 16 bytes in a payload, payloadBytesMax=" + bytesMax);
    }
    this.types = types;
    this.codec = codec;
    this.bytesMax = bytesMax;
    register(codec);
    readers.forEach(this::register);
  }

  /** Returns payloads in the default form, up to {@link #DEFAULT_BYTES_MAX}. */
  public static Payloads kryo(PayloadTypes types) {
    return new Payloads(types, new KryoPayloadCodec(types), List.of(), DEFAULT_BYTES_MAX);
  }

  /**
   * As the constructor, but what the default codec wrote can always be read: a data directory whose
   * payloads are to be written otherwise from now on keeps those that it has.
   */
  public static Payloads of(
      PayloadTypes types,
      PayloadCodec codec,
      Collection<? extends PayloadCodec> readers,
      int bytesMax) {
    List<PayloadCodec> all = new ArrayList<>(readers);
    if (Stream.concat(Stream.of(codec), readers.stream())
        .noneMatch(each -> each.marker() == KryoPayloadCodec.MARKER)) {
      all.add(new KryoPayloadCodec(types));
    }
    return new Payloads(types, codec, all, bytesMax);
  }

  private void register(PayloadCodec reader) {
    int slot = reader.marker() & 0xFF;
    PayloadCodec other = byMarker[slot];
    if (other != null && other != reader) {
      throw new IllegalArgumentException(
          "expected one codec for each marker, marker=0x%02X, codecs=%s and %s"
              .formatted(slot, other.getClass().getName(), reader.getClass().getName()));
    }
    byMarker[slot] = reader;
  }

  /** Returns the types of the data directory. */
  public PayloadTypes types() {
    return types;
  }

  /** Returns how large a payload may be, in bytes, marker included. */
  public int bytesMax() {
    return bytesMax;
  }

  /**
   * Writes a value.
   *
   * @param value the value, or null
   * @param declared its type; only this type and what its fields reach is ever written
   * @throws PayloadException if the type is not supported, the value is not of the type, nests
   *     deeper than {@link #DEPTH_MAX} or takes more than {@link #bytesMax()}
   */
  public Payload encode(@Nullable Object value, TypeRef<?> declared) {
    Payload payload = codec.encode(value, declared, bytesMax);
    if (payload.size() > bytesMax || payload.marker() != codec.marker()) {
      throw new PayloadException(
          "expected at most payloadBytesMax=%d bytes with marker=0x%02X of %s for %s, bytes=%d,"
                  .formatted(
                      bytesMax,
                      codec.marker() & 0xFF,
                      codec.getClass().getName(),
                      declared,
                      payload.size())
              + " marker=0x%02X; correct the codec".formatted(payload.marker() & 0xFF));
    }
    return payload;
  }

  /**
   * Reads a value.
   *
   * @param payload what {@link #encode} returned, today or years ago
   * @param declared the type that the program declares today
   * @return the value, or null if that was written; with the default codec, collections that are
   *     declared as {@code List}, {@code Set}, {@code Map} or {@code Collection} cannot be changed
   * @throws PayloadException if no codec has the payload's marker, the bytes are damaged, or what
   *     was written does not fit the type
   */
  public <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared) {
    return reader(payload).decode(payload, declared);
  }

  /**
   * Refuses a type that has no form, at registration rather than at the first value.
   *
   * @throws PayloadException if no value of the type could be written; names class, field and the
   *     way out
   */
  public void check(TypeRef<?> declared) {
    codec.check(declared);
  }

  /**
   * Shows a payload to a person, in a form like JSON; needs no class of the user's.
   *
   * @throws PayloadException if no codec has the payload's marker, or the bytes are damaged
   */
  public String render(Payload payload) {
    return reader(payload).render(payload);
  }

  /**
   * Says whether every value of a type is deeply immutable, so that one may be handed to several
   * (rule R27): strings, numbers, enums, times, and records and sealed families of such. False for
   * anything with a collection, an array or a plain class in it, and for unsupported types.
   */
  public boolean isImmutable(TypeRef<?> declared) {
    Boolean known = immutable.get(declared);
    if (known == null) {
      known = Plans.isImmutable(declared.type());
      immutable.put(declared, known);
    }
    return known;
  }

  private PayloadCodec reader(Payload payload) {
    PayloadCodec reader = byMarker[payload.marker() & 0xFF];
    if (reader == null) {
      throw new PayloadException(
          "no codec has marker=0x%02X, with which a payload of bytes=%d begins, codecs=%s; register"
                  .formatted(payload.marker() & 0xFF, payload.size(), names())
              + " the codec that wrote it");
    }
    return reader;
  }

  private List<String> names() {
    return Arrays.stream(byMarker)
        .filter(reader -> reader != null)
        .map(reader -> reader.getClass().getSimpleName())
        .toList();
  }
}
