package fulcrum.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one component of [Config]: its option, unit, default and meaning, said once.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /// The option without dashes; `FULCRUM_` + upper case with `_` in the environment; the key in the file.
    String name();

    /// What stands for the value in the help text, with its unit.
    String value();

    /// What is in force when nobody says otherwise; empty: nothing.
    String preset() default "";

    /// What a bare option without `=VALUE` means; empty: it needs a value.
    String bare() default "";

    String doc();

    /// Never printed.
    boolean secret() default false;
}
