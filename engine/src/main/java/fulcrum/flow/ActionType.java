package fulcrum.flow;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/// A kind of action: its record, read by reflection.
///
/// @param name the `module` name
/// @param doc what it does, for its reference page and schema
/// @param record the record class
public record ActionType(String name, String doc, Class<? extends Action> record) {
    /// Reflection is slow, and a call makes a record at every node.
    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private record Shape(List<ActionField> fields, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
            try {
                return new Shape(
                        Arrays.stream(components).map(ActionField::new).toList(),
                        type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException odd) {
                throw new IllegalStateException(type + " is no record", odd);
            }
        }
    }

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
        return SHAPES.get(record).fields;
    }

    /// The record made of the values of its fields, in the record's order.
    Action made(List<Object> values) throws ReflectiveOperationException {
        return record.cast(SHAPES.get(record).constructor.newInstance(values.toArray()));
    }

    /// A node that uses it; empty when the record shows none.
    public String example() {
        Example example = record.getAnnotation(Example.class);
        return example == null ? "" : example.value();
    }
}
