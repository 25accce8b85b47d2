package io.millrace.spring.internal;

import io.millrace.engine.Activity;
import io.millrace.engine.ActivityContext;
import io.millrace.engine.MillraceBuilder;
import io.millrace.spring.MillraceActivity;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Registers bean methods as activities. */
final class ActivityBeans {

  private static final Handles<Activity<?, ?>> HANDLES =
      new Handles<>(kind(), Activity::name, Activity::inputType, Activity::outputType);

  private final ConfigurableListableBeanFactory beans;
  private final ReadyGate gate;

  ActivityBeans(ConfigurableListableBeanFactory beans, ReadyGate gate) {
    this.beans = beans;
    this.gate = gate;
  }

  @SuppressWarnings("unchecked") // A class literal cannot name the arguments.
  private static Class<Activity<?, ?>> kind() {
    return (Class<Activity<?, ?>>) (Class<?>) Activity.class;
  }

  void register(MillraceBuilder builder, BeanMethods methods) {
    for (var found : methods.with(MillraceActivity.class, ActivityContext.class)) {
      MillraceActivity given = found.annotation();
      BeanMethod method = found.method();
      String name = given.name().isEmpty() ? method.method().getName() : given.name();
      register(builder, HANDLES.of(method, "@MillraceActivity", given.handleIn(), name), method);
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
}
