package fulcrum.flow;

import java.util.Arrays;
import java.util.List;

/// A kind of action: its record, read by reflection.
///
/// @param name the `module` name
/// @param doc what it does, for its reference page and schema
/// @param record the record class
public record ActionType(String name, String doc, Class<? extends Action> record) {
    /// Reading annotations is slow, and a call reads a record's fields at every node.
    private static final ClassValue<List<ActionField>> FIELDS =
            new ClassValue<>() {
                @Override
                protected List<ActionField> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(ActionField::new).toList();
                }
            };

    static ActionType of(Class<? extends Action> record) {
        Named named = record.getAnnotation(Named.class);
        Doc doc = record.getAnnotation(Doc.class);
        if (named == null || doc == null) {
            throw new IllegalArgumentException(record.getName() + " lacks @Named or @Doc");
        }
        return new ActionType(named.value(), doc.value(), record);
    }

    /// The fields of its data, in the record's order.
    List<ActionField> fields() {
        return FIELDS.get(record);
    }

    /// A node that uses it; empty when the record shows none.
    public String example() {
        Example example = record.getAnnotation(Example.class);
        return example == null ? "" : example.value();
    }
}
