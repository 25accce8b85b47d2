package io.millrace.spring;

import io.millrace.engine.Orchestration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean's class the code of an orchestration.
 *
 * <pre>{@code
 * @Component
 * class Checkout {
 *   @MillraceOrchestration(handleIn = Shop.class) // Shop.CHECKOUT, named "checkout"
 *   Invoice checkout(OrchestrationContext ctx, Order order) {
 *     return new Invoice(ctx.call(Shop.CHARGE, order).await());
 *   }
 * }
 * }</pre>
 *
 * <p>The code of an orchestration is run from its beginning at every turn, and must do the same
 * each time. So it gets no collaborators: the start of the application is refused if the method is
 * not static and its class has fields, constructor parameters or injected methods. What asks a
 * collaborator is an {@link MillraceActivity}. The engine makes an object of the class for itself;
 * proxies are not in effect.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface MillraceOrchestration {

  /** Which class has the handle in a constant; the method's own unless given. */
  Class<?> handleIn() default void.class;

  /** The name in the handle; that of the method unless given. */
  String name() default "";

  /** The version in the handle. */
  String version() default Orchestration.FIRST_VERSION;
}
