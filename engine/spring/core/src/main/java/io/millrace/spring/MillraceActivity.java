package io.millrace.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean the code of an activity, collaborators and all.
 *
 * <pre>{@code
 * @Component
 * class Payments {
 *   private final Receipts receipts; // a repository, injected as ever
 *
 *   @MillraceActivity(handleIn = Shop.class) // Shop.CHARGE, the handle that is named "charge"
 *   Receipt charge(Order order) { ... }
 * }
 * }</pre>
 *
 * <p>The method belongs to the {@link io.millrace.engine.Activity} of its name that stands in a
 * constant; the start of the application is refused if there is none, or if its types are not the
 * method's. It takes the input, if there is one, and before it, if it likes, the {@link
 * io.millrace.engine.ActivityContext}. It is called through the bean, so proxies, of {@code
 * Transactional} for one, are in effect. It runs at least once, on a thread of its pool, from when
 * the application has started until it stops, before the beans that it uses are destroyed.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MillraceActivity {

  /** Which class has the handle in a constant; the method's own unless given. */
  Class<?> handleIn() default void.class;

  /** The name in the handle; that of the method unless given. */
  String name() default "";
}
