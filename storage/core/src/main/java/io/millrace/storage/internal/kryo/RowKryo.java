package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.util.ArrayList;
import java.util.List;

/** Makes the Kryo that knows the domain's types and no others. */
final class RowKryo {

  /** Mutation, row, event: what a failure may stand in. */
  private static final int DEPTH_ABOVE_FAILURE = 8;

  private RowKryo() {}

  static Kryo create() {
    Kryo kryo = new Kryo(new ClosedClassResolver(), null);
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.setMaxDepth(DEPTH_ABOVE_FAILURE + FormScratch.FAILURE_NESTING_MAX);
    // There is no graph and no class name to forget between two objects.
    kryo.setAutoReset(false);
    for (VersionedSerializer<?> serializer : serializers()) {
      serializer.register(kryo);
    }
    return kryo;
  }

  /** Returns a serializer for every type, new ones each time: some keep a count. */
  static List<VersionedSerializer<?>> serializers() {
    List<VersionedSerializer<?>> all = new ArrayList<>();
    all.addAll(MutationSerializers.all());
    all.addAll(RowSerializers.all());
    all.addAll(ManagementSerializers.all());
    all.addAll(MessageSerializers.all());
    all.addAll(ActionSerializers.all());
    all.addAll(FailureSerializers.all());
    return all;
  }
}
