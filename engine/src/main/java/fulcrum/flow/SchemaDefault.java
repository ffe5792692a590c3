package fulcrum.flow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What validation writes into a stored document when the field is absent; run time assumes it, too, unless
/// [WhenAbsent] or [FromSetting] says otherwise. An `Optional` field stays absent at run time.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface SchemaDefault {
    /// The text itself for a string, JSON for everything else.
    String value();
}
