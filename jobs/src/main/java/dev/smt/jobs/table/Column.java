package dev.smt.jobs.table;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a column of a result table means: the source of {@code docs/tables.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
    /** The meaning, in one sentence. */
    String value();

    /** The unit, such as percent NE or seconds; empty where there is none. */
    String unit() default "";
}
