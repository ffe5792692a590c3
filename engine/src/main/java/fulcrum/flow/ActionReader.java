package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Makes the record of an action from the data of a node, the way Kazoo reads it at run time (callflow common facts, "A
/// node and its fields"): numbers may be written as text, only `true` and `"true"` are true, null and empty text count
/// as absent. What validation would refuse may still be read; ranges are the business of the record itself.
final class ActionReader {
    private static final String KEYS = "0123456789*#ABCD";

    private final Settings settings;

    ActionReader(Settings settings) {
        this.settings = settings;
    }

    /// @throws BadFlow when a value has a type that the action cannot work with
    Action read(ActionType type, Flow node) {
        List<Object> values = new ArrayList<>();
        for (ActionField field : type.fields()) {
            values.add(value(field, node));
        }
        return made(type, values, node);
    }

    private static Action made(ActionType type, List<Object> values, Flow node) {
        try {
            return type.made(values);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException rule) {
                throw new BadFlow(node.pointer() + "/data", String.valueOf(rule.getMessage()));
            }
            if (thrown.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(type.record() + " cannot be made", thrown);
        } catch (ReflectiveOperationException odd) {
            throw new IllegalStateException(type.record() + " must be public", odd);
        }
    }

    private Object value(ActionField field, Flow node) {
        if (field.isWhole()) {
            return node.data();
        }
        Optional<JsonNode> given =
                Optional.of(node.data())
                        .filter(data -> field.isData())
                        .flatMap(data -> Json.at(data, field.name()))
                        .filter(value -> !(value.isString() && value.stringValue().isEmpty()));
        Optional<Object> read = Optional.empty();
        if (given.isPresent()) {
            read = converted(field, given.get());
            if (read.isEmpty() && !field.isLenient()) {
                throw new BadFlow(
                        node.pointer() + "/data/" + field.name(), "unusable: " + given.get());
            }
        }
        Optional<Object> found =
                read.or(() -> field.assumed(settings).flatMap(a -> converted(field, a)));
        return field.isOptional() ? found : found.orElseGet(() -> nothing(field, node));
    }

    private static Object nothing(ActionField field, Flow node) {
        Class<?> type = field.type();
        if (type == String.class) {
            return "";
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Set.class) {
            return Collections.emptySet();
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == ObjectNode.class || type == JsonNode.class) {
            return Json.object();
        }
        throw new BadFlow(node.pointer() + "/data/" + field.name(), "missing");
    }

    private Optional<Object> converted(ActionField field, JsonNode value) {
        Class<?> type = field.type();
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(flag(field, value));
        }
        if (type == int.class || type == Integer.class) {
            OptionalLong whole = whole(value);
            return whole.isPresent()
                    ? Optional.of(
                            Math.clamp(whole.getAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                    : Optional.empty();
        }
        if (type == Duration.class) {
            OptionalLong whole = whole(value);
            return whole.isPresent()
                    ? Optional.of(Duration.ofMillis(whole.getAsLong()))
                    : Optional.empty();
        }
        if (type == String.class) {
            return value.isValueNode() ? Optional.of(value.asString()) : Optional.empty();
        }
        if (type == Character.class) {
            return key(value).map(Object.class::cast);
        }
        if (type == JsonNode.class) {
            return Optional.of(value);
        }
        if (type == ObjectNode.class) {
            return value.isObject() ? Optional.of(value) : Optional.empty();
        }
        return list(field, value).map(Object.class::cast);
    }

    /// A flag that is assumed to be set is cleared only by `false`; any other is set only by `true`.
    private boolean flag(ActionField field, JsonNode value) {
        String text = value.isValueNode() ? value.asString() : "";
        boolean assumed =
                field.assumed(settings).filter(JsonNode::isBoolean).isPresent()
                        && field.assumed(settings).get().booleanValue();
        return assumed ? !text.equals("false") : text.equals("true");
    }

    private static OptionalLong whole(JsonNode value) {
        ObjectNode holder = Json.object();
        holder.set("value", value);
        return Json.whole(holder, "value");
    }

    private static Optional<Character> key(JsonNode value) {
        String text = value.isValueNode() ? value.asString() : "";
        return text.length() == 1 && KEYS.contains(text)
                ? Optional.of(text.charAt(0))
                : Optional.empty();
    }

    private static Optional<Object> list(ActionField field, JsonNode value) {
        if (!value.isArray()) {
            return Optional.empty();
        }
        boolean wantsKeys = field.type() == Set.class;
        Set<Object> members = new LinkedHashSet<>();
        for (JsonNode member : value) {
            Optional<?> read =
                    wantsKeys
                            ? key(member)
                            : Optional.of(member)
                                    .filter(JsonNode::isValueNode)
                                    .map(JsonNode::asString);
            if (read.isEmpty() && !field.isLenient()) {
                return Optional.empty();
            }
            read.ifPresent(members::add);
        }
        return Optional.of(wantsKeys ? Collections.unmodifiableSet(members) : List.copyOf(members));
    }
}
