package io.millrace.spring;

import io.millrace.engine.MillraceBuilder;

/**
 * Sets on the builder what properties cannot say: a codec, a clock, code that is no bean's. A bean
 * of this type is called before the engine opens, after the properties were set; several are called
 * in their order.
 *
 * <p>An orchestration that is registered here is not searched for collaborators; let it hold none.
 */
@FunctionalInterface
public interface MillraceCustomizer {

  /**
   * Changes the builder. Runs on the thread that starts the application.
   *
   * @param builder not to be kept, and not to be opened
   */
  void customize(MillraceBuilder builder);
}
