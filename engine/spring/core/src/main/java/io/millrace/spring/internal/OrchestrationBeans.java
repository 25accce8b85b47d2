package io.millrace.spring.internal;

import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.spring.MillraceOrchestration;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/** Registers methods as orchestrations, once it is sure that they have no collaborators. */
final class OrchestrationBeans {

  private static final String ANNOTATION = "@MillraceOrchestration";
  private static final Handles<Orchestration<?, ?>> HANDLES =
      new Handles<>(
          kind(), OrchestrationBeans::full, Orchestration::inputType, Orchestration::outputType);

  private OrchestrationBeans() {}

  @SuppressWarnings("unchecked") // A class literal cannot name the arguments.
  private static Class<Orchestration<?, ?>> kind() {
    return (Class<Orchestration<?, ?>>) (Class<?>) Orchestration.class;
  }

  private static String full(Orchestration<?, ?> handle) {
    return handle.toString();
  }

  static void register(MillraceBuilder builder, BeanMethods methods) {
    for (var found : methods.with(MillraceOrchestration.class, OrchestrationContext.class)) {
      MillraceOrchestration given = found.annotation();
      BeanMethod method = found.method();
      String name = given.name().isEmpty() ? method.method().getName() : given.name();
      Object target = null;
      if (!Modifier.isStatic(method.method().getModifiers())) {
        Collaborators.requireNone(method);
        // Not the bean: turns may run before it is made, and no proxy belongs around them.
        target = BeanUtils.instantiateClass(method.beanType());
      }
      register(
          builder,
          HANDLES.of(method, ANNOTATION, given.handleIn(), name + "@" + given.version()),
          method,
          target);
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Its types were compared with the handle's.
  private static <I extends @Nullable Object, O extends @Nullable Object> void register(
      MillraceBuilder builder,
      Orchestration<I, O> handle,
      BeanMethod method,
      @Nullable Object target) {
    builder.orchestration(handle, (context, input) -> (O) method.call(target, context, input));
  }
}
