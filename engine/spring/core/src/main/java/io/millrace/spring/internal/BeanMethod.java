package io.millrace.spring.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A method that is the code of something: it takes a context, the input, both or neither.
 *
 * @param bean the bean's name
 * @param beanType the bean's class, without what a proxy adds
 * @param method the method
 * @param contextType what it may be given before the input
 */
record BeanMethod(String bean, Class<?> beanType, Method method, Class<?> contextType) {

  /** Returns it as it is named in messages. */
  @Override
  public String toString() {
    String parameters =
        String.join(
            ", ", Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList());
    return beanType.getSimpleName()
        + "."
        + method.getName()
        + "("
        + parameters
        + ") of bean '"
        + bean
        + "'";
  }

  private boolean takesContext() {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 0 && types[0] == contextType;
  }

  /** Returns the parameters beside the context. */
  List<ResolvableType> inputs() {
    return IntStream.range(takesContext() ? 1 : 0, method.getParameterCount())
        .mapToObj(i -> ResolvableType.forMethodParameter(method, i, beanType))
        .toList();
  }

  /** Tells whether it takes a value of a type, or nothing where that is {@link Void}. */
  boolean takes(ResolvableType input) {
    List<ResolvableType> inputs = inputs();
    return inputs.isEmpty()
        ? input.resolve() == Void.class
        : inputs.size() == 1 && boxed(inputs.get(0)).isAssignableFrom(input);
  }

  /** Tells whether it returns a value of a type, or nothing where that is {@link Void}. */
  boolean returns(ResolvableType output) {
    return output.isAssignableFrom(boxed(ResolvableType.forMethodReturnType(method, beanType)));
  }

  private static ResolvableType boxed(ResolvableType type) {
    Class<?> resolved = type.resolve();
    return resolved != null && resolved.isPrimitive()
        ? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(resolved))
        : type;
  }

  /**
   * Calls it.
   *
   * @param target null for a static method
   * @throws Exception what it throws
   */
  @Nullable Object call(@Nullable Object target, Object context, @Nullable Object input)
      throws Exception {
    Object[] arguments = new Object[method.getParameterCount()];
    int next = 0;
    if (takesContext()) {
      arguments[next++] = context;
    }
    if (next < arguments.length) {
      arguments[next] = input;
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getTargetException() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getTargetException();
    }
  }
}
