package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/**
 * Names types by one byte, the id they are registered under, and reads only the ids of {@link
 * RowLayout}. Kryo's own resolver would also read class names and the types it registers itself,
 * strings among them, whose lengths it trusts.
 */
final class ClosedClassResolver extends DefaultClassResolver {

  private final @Nullable Registration[] byId = new Registration[RowLayout.ID_MAX + 1];

  @Override
  public Registration register(Registration registration) {
    int id = registration.getId();
    // Kryo registers its own types, from its constructor and below our ids; they stay unreadable.
    if (id >= RowLayout.ID_MIN) {
      if (id > RowLayout.ID_MAX || byId[id] != null) {
        throw new IllegalStateException(
            "expected a free id of one byte, id=" + id + ", type=" + registration.getType());
      }
      byId[id] = registration;
    }
    return super.register(registration);
  }

  @Override
  @SuppressWarnings("rawtypes") // as Kryo declares it
  public Registration writeClass(Output output, @Nullable Class type) {
    if (type == null) {
      throw new KryoException("expected an object, found null");
    }
    Registration registration = kryo.getRegistration(type);
    int id = registration.getId();
    if (id < RowLayout.ID_MIN) {
      throw new KryoException("expected a type of the domain, type=" + type.getName());
    }
    output.writeByte(id);
    return registration;
  }

  @Override
  public Registration readClass(Input input) {
    int id = input.readByte() & 0xFF;
    Registration registration = byId[id];
    if (registration == null) {
      throw new KryoException(
          "expected the id of a known type, found id="
              + id
              + ": damaged, or written by a newer Millrace");
    }
    return registration;
  }
}
