package io.millrace.spring.internal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.Aware;

/**
 * Refuses what an orchestration could reach beyond its context and input. A class without fields,
 * made without arguments, holds nothing.
 */
final class Collaborators {

  private static final Set<String> INJECTING =
      Set.of(
          "org.springframework.beans.factory.annotation.Autowired",
          "org.springframework.beans.factory.annotation.Value",
          "jakarta.inject.Inject",
          "jakarta.annotation.Resource");

  private Collaborators() {}

  /**
   * Checks the class of an orchestration.
   *
   * @throws StartRefusedException if something is, or may be, injected; names it and the reason
   */
  static void requireNone(BeanMethod orchestration) {
    Class<?> type = orchestration.beanType();
    String found = Aware.class.isAssignableFrom(type) ? "is given a part of the context" : null;
    for (Class<?> each = type; found == null && each != null; each = each.getSuperclass()) {
      found = in(each);
    }
    if (found != null) {
      throw new StartRefusedException(
          "@MillraceOrchestration on "
              + orchestration
              + ": "
              + type.getName()
              + " "
              + found
              + ". An orchestration gets no collaborators: its code is run from the beginning at"
              + " every turn and must do the same each time, and what a collaborator answers, or a"
              + " field holds, is not in its history.",
          "Do what needs the collaborator in a method with @MillraceActivity, and call that from the"
              + " orchestration: ctx.call(HANDLE, input). Values that never change may be static"
              + " constants; others belong into the input.",
          null);
    }
  }

  private static @Nullable String in(Class<?> type) {
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      if (each.getParameterCount() > 0) {
        return "has a constructor that takes " + named(each.getParameterTypes());
      }
    }
    for (Field each : type.getDeclaredFields()) {
      if (injects(each) || !Modifier.isStatic(each.getModifiers())) {
        return "has the field " + each.getType().getSimpleName() + " " + each.getName();
      }
    }
    for (Method each : type.getDeclaredMethods()) {
      if (injects(each)) {
        return "has the injected method " + each.getName();
      }
    }
    return null;
  }

  private static boolean injects(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(each -> INJECTING.contains(each.annotationType().getName()));
  }

  private static String named(Class<?>... types) {
    return String.join(", ", Arrays.stream(types).map(Class::getSimpleName).toList());
  }
}
