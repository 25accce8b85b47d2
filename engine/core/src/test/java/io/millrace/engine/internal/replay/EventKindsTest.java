package io.millrace.engine.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the quick answers to what the types say. */
class EventKindsTest {

  static Stream<Class<?>> events() {
    return leaves(HistoryEvent.class);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventKindsTest::leaves)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldTellTheKindOfEveryEvent(Class<?> type) throws ReflectiveOperationException {
    Object event = make(type);
    assertThat(EventKinds.isMessage(event)).isEqualTo(event instanceof HistoryEvent.Message);
    assertThat(EventKinds.isEnding(event)).isEqualTo(event instanceof HistoryEvent.Ending);
  }

  private static Object make(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    return constructor.newInstance(Arrays.stream(types).map(EventKindsTest::value).toArray());
  }

  private static @Nullable Object value(Class<?> type) {
    if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == boolean.class) {
      return false;
    } else if (type == String.class) {
      return "x";
    } else if (type == Payload.class) {
      return Payload.wrap(new byte[1]);
    } else if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }
}
