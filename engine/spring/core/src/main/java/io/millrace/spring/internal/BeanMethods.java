package io.millrace.spring.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the annotated methods of an application's beans by the beans' classes, and makes no bean
 * for it: the engine opens with its own bean, which others may need first.
 */
final class BeanMethods {

  private final ConfigurableListableBeanFactory beans;
  private final Set<Method> seen = new HashSet<>();

  BeanMethods(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /** What is found: a method, and how it is annotated. */
  record Found<A extends Annotation>(BeanMethod method, A annotation) {}

  /** Returns all methods with an annotation, in the order of the beans. */
  <A extends Annotation> List<Found<A>> with(Class<A> annotation, Class<?> context) {
    List<Found<A>> all = find(annotation, context);
    all.forEach(each -> seen.add(each.method().method()));
    return all;
  }

  /**
   * Looks once more, when all beans are there.
   *
   * @throws StartRefusedException if there is a method that no declared type showed before
   */
  <A extends Annotation> void requireAllSeen(Class<A> annotation, Class<?> context) {
    for (Found<A> each : find(annotation, context)) {
      if (!seen.contains(each.method().method())) {
        throw new StartRefusedException(
            "@"
                + annotation.getSimpleName()
                + " on "
                + each.method()
                + " was not seen when the engine opened.",
            "Have the bean's factory method declare the class that has the method.",
            null);
      }
    }
  }

  private <A extends Annotation> List<Found<A>> find(Class<A> annotation, Class<?> context) {
    List<Found<A>> all = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
      Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : typeOf(name);
      if (type == null || !AnnotationUtils.isCandidateClass(type, annotation)) {
        continue;
      }
      Map<Method, A> methods = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
      methods.putAll(
          MethodIntrospector.selectMethods(
              type,
              (MethodIntrospector.MetadataLookup<A>)
                  method -> AnnotatedElementUtils.findMergedAnnotation(method, annotation)));
      methods.forEach(
          (method, found) -> all.add(found(name, type, method, context, annotation, found)));
    }
    return all;
  }

  private static <A extends Annotation> Found<A> found(
      String name, Class<?> type, Method method, Class<?> context, Class<A> kind, A annotation) {
    BeanMethod found = new BeanMethod(name, type, method, context);
    if (Modifier.isPrivate(method.getModifiers())) {
      throw new StartRefusedException(
          "@" + kind.getSimpleName() + " on " + found + ": the method is private.",
          "Give it at least the visibility of its package: a proxy could not pass it on.",
          null);
    }
    method.trySetAccessible();
    return new Found<>(found, annotation);
  }

  private @Nullable Class<?> typeOf(String name) {
    Class<?> type = beans.getType(name, false);
    if (type != null && Proxy.isProxyClass(type)) {
      return AutoProxyUtils.determineTargetClass(beans, name);
    }
    return type == null ? null : ClassUtils.getUserClass(type);
  }
}
