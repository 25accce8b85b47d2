package kotlin;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands in for the mark that Kotlin's compiler puts on its classes. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Metadata {}
