package io.millrace.storage.internal.payload;

import com.esotericsoftware.kryo.kryo5.KryoException;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import java.util.Arrays;

/**
 * Moves payloads of the default codec from one data directory's type numbers to another's. The
 * numbers stand in the head alone, so the value behind it stays as it is.
 */
public final class Transfer {

  private Transfer() {}

  /**
   * Returns the payload as the other directory has it; types that it never had get a number there.
   *
   * @throws PayloadException if the head is damaged, or of a type that its directory does not hold
   */
  public static Payload move(Payload payload, TypeTable from, TypeTable to) {
    PayloadInput in = new PayloadInput();
    in.begin(payload);
    in.subject("a payload from elsewhere");
    PayloadOutput out = new PayloadOutput(payload.size() + (1 << 16));
    try {
      Shape shape = DescriptorLayout.readShape(in, from::definition);
      out.writeByte(payload.marker());
      DescriptorLayout.writeShape(out, shape, to::idOf);
      out.writeBytes(Arrays.copyOfRange(in.getBuffer(), in.position(), in.limit()));
      return Payload.wrap(out.toBytes());
    } catch (KryoException malformed) {
      throw in.damaged("expected a number", malformed);
    }
  }
}
