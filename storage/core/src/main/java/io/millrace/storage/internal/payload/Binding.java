package io.millrace.storage.internal.payload;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import io.millrace.storage.payload.PayloadException;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A declared type, bound to the numbers of one data directory: its plan, the head of its payloads,
 * and a reader for each head met so far. Thread-safe.
 */
public final class Binding {

  /** Beyond this many different heads, readers are made anew each time. */
  private static final int KNOWN_MAX = 64;

  private final String typeName;
  private final byte marker;
  private final TypeTable types;
  private final Plan plan;

  // written by: any thread that encodes first; all write equal bytes
  private volatile byte @Nullable [] head;

  // written by: any thread that meets a new head; one overwriting another costs only time
  private volatile Known[] known = new Known[0];

  /**
   * Binds a type.
   *
   * @throws PayloadException if the type, or one that its fields reach, has no form
   */
  public Binding(Type type, byte marker, TypeTable types) {
    this.typeName = type.getTypeName();
    this.marker = marker;
    this.types = types;
    this.plan = new PlanBuilder().build(type);
  }

  /**
   * Writes a payload.
   *
   * @return false if it is larger than the output's limit
   */
  public boolean write(PayloadOutput out, @Nullable Object value) {
    byte[] ready = head;
    try {
      out.begin(typeName);
      out.writeBytes(ready == null ? makeHead() : ready);
      plan.write(out, value);
      return true;
    } catch (KryoBufferOverflowException tooLarge) {
      return false;
    } catch (ClassCastException wrong) {
      throw new PayloadException(
          "cannot store a value of %s: expected values of the declared types, and one of another class is in it; declare the type that it has"
              .formatted(typeName),
          wrong);
    } catch (PayloadException refused) {
      throw refused;
    } catch (RuntimeException failed) {
      throw new PayloadException(
          "cannot store a value of %s: reading it failed, cause=%s; hand over a value that nobody else changes"
              .formatted(typeName, failed.getClass().getName()),
          failed);
    }
  }

  private byte[] makeHead() {
    PayloadOutput out = new PayloadOutput(1 << 16);
    out.writeByte(marker);
    DescriptorLayout.writeShape(out, plan.shape(), types::idOf);
    byte[] made = out.toBytes();
    head = made;
    return made;
  }

  /** Reads a value that begins where the input stands. */
  public @Nullable Object read(PayloadInput in) {
    in.subject(typeName);
    try {
      return reader(in).read(in);
    } catch (PayloadException refused) {
      throw refused;
    } catch (KryoException malformed) {
      throw in.damaged("expected a number", malformed);
    } catch (RuntimeException failed) {
      throw in.damaged("its value was refused, cause=" + failed.getClass().getName(), failed);
    }
  }

  private ValueReader reader(PayloadInput in) {
    Known[] readers = known;
    byte[] bytes = in.getBuffer();
    int start = in.position();
    for (Known each : readers) {
      int end = start + each.head.length;
      if (end <= in.limit() && Arrays.equals(each.head, 0, each.head.length, bytes, start, end)) {
        in.setPosition(end);
        return each.reader;
      }
    }
    Shape stored = DescriptorLayout.readShape(in, types::definition);
    ValueReader reader = Resolver.root(stored, plan, Where.root(typeName));
    if (readers.length < KNOWN_MAX) {
      Known[] longer = Arrays.copyOf(readers, readers.length + 1);
      longer[readers.length] = new Known(Arrays.copyOfRange(bytes, start, in.position()), reader);
      known = longer;
    }
    return reader;
  }

  /** A head met before, and its reader. */
  private static final class Known {

    private final byte[] head;
    private final ValueReader reader;

    Known(byte[] head, ValueReader reader) {
      this.head = head;
      this.reader = reader;
    }
  }
}
