package fulcrum.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Holds the code to the table of rooms in ARCHITECTURE.md.
class MapTest {
    private static final Map<String, House.Room> DRAWN = House.drawn();
    private static final Map<String, Set<String>> USED = House.used();

    @Test
    void no_room_opens_a_door_that_is_not_drawn() {
        List<String> wrong = new ArrayList<>();
        USED.forEach(
                (room, packages) -> {
                    for (String other : rooms(packages)) {
                        if (!other.equals(room) && !drawn(room).doors().contains(other)) {
                            wrong.add(room + " -> " + other);
                        }
                    }
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_room_is_drawn_and_every_drawn_room_exists() {
        assertThat(DRAWN.keySet()).containsExactlyInAnyOrderElementsOf(USED.keySet());
    }

    @Test
    void doors_open_only_to_earlier_rows_so_there_is_no_circle() {
        List<String> above = new ArrayList<>();
        DRAWN.forEach(
                (room, row) -> {
                    assertThat(above).as("doors of " + room).containsAll(row.doors());
                    above.add(room);
                });
    }

    @Test
    void only_the_named_rooms_use_a_library() {
        List<String> wrong = new ArrayList<>();
        USED.forEach(
                (room, packages) -> {
                    for (String used : packages) {
                        if (isLibrary(used)
                                && drawn(room).libraries().stream().noneMatch(used::startsWith)) {
                            wrong.add(room + " uses " + used);
                        }
                    }
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_library_is_granted_that_a_room_does_not_use() {
        List<String> idle = new ArrayList<>();
        DRAWN.forEach(
                (room, row) ->
                        row.libraries().stream()
                                .filter(
                                        library ->
                                                USED.getOrDefault(room, Set.of()).stream()
                                                        .noneMatch(p -> p.startsWith(library)))
                                .forEach(library -> idle.add(room + " does not use " + library)));
        assertThat(idle).isEmpty();
    }

    private static House.Room drawn(String room) {
        return DRAWN.getOrDefault(room, new House.Room(Set.of(), Set.of()));
    }

    private static boolean isLibrary(String used) {
        return !used.startsWith("java.")
                && !used.startsWith("fulcrum.")
                && !used.startsWith("org.jspecify");
    }

    private static Set<String> rooms(Set<String> packages) {
        Set<String> rooms = new TreeSet<>();
        for (String used : packages) {
            if (used.startsWith("fulcrum.")) {
                rooms.add(used.split("\\.")[1]);
            }
        }
        return rooms;
    }
}
