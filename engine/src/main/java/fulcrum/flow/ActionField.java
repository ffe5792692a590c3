package fulcrum.flow;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One field of an action's data, as the record's component declares it.
///
/// Types that a component may have: `int`, `boolean`, `String`, `char`, `Duration` (milliseconds in JSON),
/// `Set<Character>` (keys of a phone), `List<String>`, `ObjectNode`, `JsonNode` (with a [Fragment]), and `Optional` of
/// these.
final class ActionField {
    private static final Set<Type> WHOLE =
            Set.of(int.class, Integer.class, Duration.class, long.class);

    private final RecordComponent component;
    private final String name;

    ActionField(RecordComponent component) {
        this.component = component;
        this.name =
                component
                        .getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT);
    }

    /// The JSON name: the component's, in snake case.
    String name() {
        return name;
    }

    <A extends Annotation> Optional<A> marked(Class<A> kind) {
        return Optional.ofNullable(component.getAnnotation(kind));
    }

    /// Whether it is a field of the data, as opposed to a setting that the record wants to know, or to all of the data.
    boolean isData() {
        return marked(Setting.class).isEmpty() && !isWhole();
    }

    /// Whether it is all of the data.
    boolean isWhole() {
        return marked(WholeData.class).isPresent();
    }

    boolean isOptional() {
        return component.getType() == Optional.class;
    }

    boolean isRequired() {
        return marked(Required.class).isPresent();
    }

    boolean isLenient() {
        return marked(Lenient.class).isPresent();
    }

    /// The class of the value itself, within an `Optional` if there is one.
    Class<?> type() {
        Type type = component.getGenericType();
        if (isOptional()) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        return (Class<?>) (type instanceof ParameterizedType list ? list.getRawType() : type);
    }

    String doc() {
        return marked(Doc.class).map(Doc::value).orElse("");
    }

    Optional<JsonNode> schemaDefault() {
        return marked(SchemaDefault.class).map(value -> json(value.value()));
    }

    /// What run time takes when the field is absent.
    Optional<JsonNode> assumed(Settings settings) {
        Optional<JsonNode> assumed =
                marked(WhenAbsent.class)
                        .map(WhenAbsent::value)
                        .or(() -> marked(FromSetting.class).flatMap(s -> settings.find(s.value())))
                        .or(() -> marked(Setting.class).flatMap(s -> settings.find(s.value())))
                        .map(this::json);
        return isOptional() ? assumed : assumed.or(this::schemaDefault);
    }

    private JsonNode json(String text) {
        boolean isText = type() == String.class || type() == Character.class || isJson();
        return isText ? StringNode.valueOf(text) : Json.MAPPER.readTree(text);
    }

    private boolean isJson() {
        return type() == JsonNode.class;
    }

    /// The JSON Schema of the value.
    ObjectNode schema() {
        ObjectNode schema = Json.object();
        if (!doc().isEmpty()) {
            schema.put("description", doc());
        }
        Class<?> type = type();
        if (type == List.class || type == Set.class) {
            schema.put("type", "array");
            ObjectNode items = schema.putObject("items").put("type", "string");
            marked(Choices.class).ifPresent(all -> putChoices(items, all));
        } else {
            schema.put("type", jsonType(type));
            marked(Choices.class).ifPresent(all -> putChoices(schema, all));
        }
        schemaDefault().ifPresent(value -> schema.set("default", value));
        marked(Min.class).ifPresent(least -> schema.put("minimum", least.value()));
        marked(Max.class).ifPresent(most -> schema.put("maximum", most.value()));
        marked(MinLength.class).ifPresent(least -> schema.put("minLength", least.value()));
        marked(MaxLength.class).ifPresent(most -> schema.put("maxLength", most.value()));
        marked(Pattern.class).ifPresent(pattern -> schema.put("pattern", pattern.value()));
        marked(Unique.class).ifPresent(unique -> schema.put("uniqueItems", true));
        marked(Url.class).ifPresent(url -> schema.put("kazoo-validation", true));
        marked(Fragment.class).ifPresent(own -> replace(schema, Json.object(own.value())));
        return schema;
    }

    private static void replace(ObjectNode schema, ObjectNode own) {
        schema.remove("type");
        own.properties().forEach(entry -> schema.set(entry.getKey(), entry.getValue()));
    }

    private static void putChoices(ObjectNode schema, Choices choices) {
        var list = schema.putArray("enum");
        for (String choice : choices.value()) {
            list.add(choice);
        }
    }

    private static String jsonType(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "integer";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == ObjectNode.class ? "object" : "string";
    }
}
