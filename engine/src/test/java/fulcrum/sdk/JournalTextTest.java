package fulcrum.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.call.Answer;
import fulcrum.call.CallFacts;
import fulcrum.call.HttpAnswer;
import fulcrum.call.Order;
import fulcrum.call.Question;
import fulcrum.call.Sound;
import fulcrum.call.Value;
import fulcrum.directory.Json;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

class JournalTextTest {
    private static final List<Class<?>> FAMILIES =
            List.of(
                    Value.class,
                    Order.class,
                    Question.class,
                    Answer.class,
                    Sound.class,
                    JournalRecord.class);

    /// Every record below every sealed interface that a journal holds: a new one is tested by being there.
    @TestFactory
    Stream<DynamicTest> every_kind_of_value_is_written_and_read_back() {
        return FAMILIES.stream()
                .flatMap(
                        family ->
                                leaves(family).stream()
                                        .flatMap(kind -> samples(kind).stream())
                                        .map(sample -> roundTrip(family, sample)));
    }

    private static DynamicTest roundTrip(Class<?> family, Object sample) {
        return DynamicTest.dynamicTest(
                family.getSimpleName() + " " + sample,
                () -> {
                    String json = Json.MAPPER.writerFor(family).writeValueAsString(sample);
                    assertThat(Json.MAPPER.readValue(json, family)).as(json).isEqualTo(sample);
                });
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        Class<?>[] below = sealed.getPermittedSubclasses();
        if (below == null) {
            return List.of(sealed);
        }
        return Arrays.stream(below).flatMap(one -> leaves(one).stream()).toList();
    }

    /// Two of each kind: one with something in every component, one with as little as possible.
    private static List<Object> samples(Class<?> kind) {
        if (kind.isEnum()) {
            return List.of(kind.getEnumConstants());
        }
        if (kind.isSealed()) {
            return leaves(kind).stream().flatMap(leaf -> samples(leaf).stream()).toList();
        }
        return List.of(made(kind, true), made(kind, false));
    }

    private static Object made(Class<?> kind, boolean full) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(components).map(one -> value(one.getGenericType(), full)).toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException odd) {
            throw new IllegalStateException(kind + " cannot be made", odd);
        }
    }

    private static Object value(Type type, boolean full) {
        if (type instanceof ParameterizedType generic) {
            return container(generic, full);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return full ? "täxt \"\n\uD83D\uDCDE" : "";
        }
        if (plain == long.class) {
            return full ? Long.MAX_VALUE : 0L;
        }
        if (plain == int.class) {
            return full ? -7 : 0;
        }
        if (plain == boolean.class) {
            return full;
        }
        if (plain == char.class) {
            return full ? '#' : '0';
        }
        if (plain == Duration.class) {
            return full ? Duration.ofNanos(1_234_567_890_123L) : Duration.ZERO;
        }
        if (plain == Instant.class) {
            return full ? Instant.parse("2026-01-01T00:00:00.123456789Z") : Instant.EPOCH;
        }
        if (plain == ObjectNode.class) {
            return full ? Json.object("{\"a\":[1,null,{\"b\":\"c\"}]}") : Json.object();
        }
        return full ? samples(plain).getFirst() : samples(plain).getLast();
    }

    private static Object container(ParameterizedType generic, boolean full) {
        Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        Type member = last instanceof Class<?> ? last : String.class;
        return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
            case "Optional" -> full ? Optional.of(value(member, true)) : Optional.empty();
            case "List" -> full ? List.of(value(member, true), value(member, false)) : List.of();
            case "Map" -> full ? Map.of("a b", value(member, true)) : Map.of();
            case "Question" -> value(Question.class, full);
            default -> throw new IllegalStateException("no sample for " + generic);
        };
    }

    private static final CallFacts.Address SOMEBODY = new CallFacts.Address("100", "host.example");
    private static final CallFacts FACTS =
            new CallFacts(
                    "c1",
                    "a1",
                    "realm.example",
                    SOMEBODY,
                    SOMEBODY,
                    SOMEBODY,
                    new CallFacts.Party("Ann", "100"),
                    "d1",
                    "device",
                    List.of("u1", "u2"),
                    false,
                    "en-us",
                    Map.of("X-A", "b"));

    private static JournalHeader header() {
        return JournalHeader.of("test", Map.of("a", "b"), FACTS, Baton.BEGINNING);
    }

    private static JournalRecord answer(long number, String body) {
        HttpAnswer answer = new HttpAnswer.Response(200, Map.of(), body, "http://h/");
        return new JournalRecord.Arrived(Baton.BEGINNING, new Value.Answered(number, answer));
    }

    @Test
    void a_journal_is_read_back_as_it_was_written() {
        List<JournalRecord> records = new ArrayList<>();
        samples(JournalRecord.class).forEach(one -> records.add((JournalRecord) one));
        records.add(answer(1, "{\"module\":\"noop\"}"));
        records.add(answer(2, ""));
        JournalText.Read read = JournalText.read(JournalText.write(header(), records));
        assertThat(read.header()).isEqualTo(header());
        assertThat(read.records()).isEqualTo(records);
        assertThat(read.header().zones()).matches("\\d{4}[a-z]+");
    }

    @Test
    void a_body_that_comes_again_and_again_is_written_once() {
        String body = "x".repeat(5000);
        List<JournalRecord> records = List.of(answer(1, body), answer(2, body), answer(3, body));
        String text = JournalText.write(header(), records);
        assertThat(text.length()).isLessThan(7000);
        assertThat(JournalText.read(text).records()).isEqualTo(records);
    }

    @Test
    void a_journal_of_another_format_is_refused() {
        String other =
                JournalText.write(header(), List.of()).replace("\"format\":1", "\"format\":2");
        assertThatThrownBy(() -> JournalText.read(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a journal of format 2, not 1");
        assertThatThrownBy(() -> JournalText.read("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_samples_reach_every_kind() {
        assertThat(leaves(Value.class)).hasSizeGreaterThan(12);
        assertThat(leaves(Order.class)).hasSizeGreaterThan(12);
        assertThat(samples(Order.class)).doesNotContainNull().allMatch(Objects::nonNull);
    }
}
