package io.millrace.spring.internal;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.MillraceBuilder;
import io.millrace.spring.MillraceActivity;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Registers bean methods as activities. */
final class ActivityBeans {

  private static final Handles<Activity<?, ?>> HANDLES =
      new Handles<>(kind(), Activity::name, Activity::inputType, Activity::outputType);

  private final ConfigurableListableBeanFactory beans;
  private final ReadyGate gate;
  private final Set<Method> registered = new HashSet<>();

  ActivityBeans(ConfigurableListableBeanFactory beans, ReadyGate gate) {
    this.beans = beans;
    this.gate = gate;
  }

  @SuppressWarnings("unchecked") // A class literal cannot name the arguments.
  private static Class<Activity<?, ?>> kind() {
    return (Class<Activity<?, ?>>) (Class<?>) Activity.class;
  }

  void register(MillraceBuilder builder) {
    for (var found : new BeanMethods(beans).with(MillraceActivity.class, ActivityContext.class)) {
      MillraceActivity given = found.annotation();
      BeanMethod method = found.method();
      String name = given.name().isEmpty() ? method.method().getName() : given.name();
      register(builder, HANDLES.of(method, "@MillraceActivity", given.handleIn(), name), method);
      registered.add(method.method());
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Its types were compared with the handle's.
  private <I extends @Nullable Object, O extends @Nullable Object> void register(
      MillraceBuilder builder, Activity<I, O> handle, BeanMethod method) {
    builder.activityWithContext(
        handle,
        (context, input) -> {
          gate.await();
          return (O) call(method, context, input);
        });
  }

  private @Nullable Object call(BeanMethod method, ActivityContext context, @Nullable Object input)
      throws Exception {
    if (Modifier.isStatic(method.method().getModifiers())) {
      return method.call(null, context, input);
    }
    Object bean = beans.getBean(method.bean());
    Method invocable = AopUtils.selectInvocableMethod(method.method(), bean.getClass());
    return new BeanMethod(method.bean(), method.beanType(), invocable, ActivityContext.class)
        .call(bean, context, input);
  }

  /**
   * Looks once more, now that all beans are there.
   *
   * @throws StartRefusedException if one has an activity that its declared type did not show
   */
  void requireAllSeen() {
    for (var found : new BeanMethods(beans).with(MillraceActivity.class, ActivityContext.class)) {
      if (!registered.contains(found.method().method())) {
        throw new StartRefusedException(
            "@MillraceActivity on " + found.method() + " was not seen when the engine opened.",
            "Have the bean's factory method declare the class that has the method.",
            null);
      }
    }
  }
}
