package io.millrace.spring.internal;

import io.millrace.storage.payload.TypeRef;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.core.ResolvableType;

/**
 * Finds the handle that a method is the code of, in a constant of some class.
 *
 * @param kind the handles' class
 * @param name how one is called, as {@code charge}
 * @param input the type of what its code is given
 * @param output the type of what its code returns
 */
record Handles<H>(
    Class<H> kind,
    Function<H, String> name,
    Function<H, TypeRef<?>> input,
    Function<H, TypeRef<?>> output) {

  /**
   * Returns the handle.
   *
   * @param annotation as it is written, for messages
   * @param in the class whose constants are looked at; {@code void} for the method's own
   * @throws StartRefusedException if there is none, or its types are not the method's
   */
  H of(BeanMethod method, String annotation, Class<?> in, String wanted) {
    Class<?> home = in == void.class ? method.method().getDeclaringClass() : in;
    List<String> others = new ArrayList<>();
    for (Field field : home.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && kind.isAssignableFrom(field.getType())) {
        H handle = read(field);
        if (name.apply(handle).equals(wanted)) {
          requireTypes(method, annotation, handle);
          return handle;
        }
        others.add(name.apply(handle));
      }
    }
    throw new StartRefusedException(
        annotation
            + " on "
            + method
            + ": no constant of "
            + home.getName()
            + " holds the "
            + kind.getSimpleName()
            + " "
            + wanted
            + "; it has "
            + (others.isEmpty() ? "none" : others)
            + ".",
        "Name the class that has the handle by handleIn, or the handle, if it is not called as the"
            + " method is, by name.",
        null);
  }

  private H read(Field field) {
    try {
      field.trySetAccessible();
      return kind.cast(field.get(null));
    } catch (IllegalAccessException e) {
      throw new StartRefusedException(
          field + " cannot be read: " + e.getMessage(), "Make it visible.", e);
    }
  }

  private void requireTypes(BeanMethod method, String annotation, H handle) {
    ResolvableType given = ResolvableType.forType(input.apply(handle).type());
    ResolvableType got = ResolvableType.forType(output.apply(handle).type());
    if (!method.takes(given) || !method.returns(got)) {
      throw new StartRefusedException(
          annotation
              + " on "
              + method
              + ": its types are not those of the "
              + kind.getSimpleName()
              + " "
              + name.apply(handle)
              + ", which gives "
              + given
              + " and takes "
              + got
              + "; the method takes "
              + method.inputs()
              + " and returns "
              + ResolvableType.forMethodReturnType(method.method(), method.beanType())
              + ".",
          "Have it take the input, with a "
              + method.contextType().getSimpleName()
              + " before it or without, and nothing else, and return the output.",
          null);
    }
  }
}
