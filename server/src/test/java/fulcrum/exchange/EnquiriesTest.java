package fulcrum.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fulcrum.directory.Document;
import fulcrum.directory.Json;
import fulcrum.directory.NotAtHand;
import fulcrum.storage.DataFolder;
import fulcrum.storage.Database;
import fulcrum.storage.SqlDirectory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

class EnquiriesTest {
    private static final Document USER =
            Document.fresh("a", "user", "1", Json.object(), Instant.EPOCH);

    private final DataFolder folder = DataFolder.throwAway();
    private final Database database = Database.in(folder);
    private final SqlDirectory directory = new SqlDirectory(database);
    private final Deque<Runnable> handedOver = new ArrayDeque<>();
    private final Enquiries enquiries = new Enquiries(directory, handedOver::add);

    @BeforeEach
    void save() {
        directory.save(USER);
    }

    @AfterEach
    void close() {
        database.close();
        folder.close();
    }

    @Test
    void only_a_worker_may_read() {
        List<Optional<Document>> found = new ArrayList<>();
        assertThatThrownBy(() -> enquiries.documents().find("a", "1"))
                .isInstanceOf(NotAtHand.class);

        assertThat(enquiries.later(() -> found.add(enquiries.documents().find("a", "1")))).isTrue();
        assertThat(found).isEmpty();
        handedOver.remove().run();

        assertThat(found).hasSize(1).first().satisfies(one -> assertThat(one).isPresent());
        assertThat(enquiries.documents().find("a", "1")).as("in memory now").isPresent();
        assertThatThrownBy(() -> enquiries.documents().find("a", "2"))
                .isInstanceOf(NotAtHand.class);
    }

    @Test
    void no_more_are_taken_than_the_most_until_one_is_served() {
        for (int i = 0; i < Enquiries.MOST; i++) {
            assertThat(enquiries.later("request " + i, () -> {})).isTrue();
        }
        assertThat(enquiries.later("one more", () -> {})).isFalse();
        assertThat(enquiries.later(() -> {})).isFalse();

        handedOver.remove().run();

        assertThat(enquiries.later("one more", () -> {})).isTrue();
        assertThat(handedOver).hasSize(Enquiries.MOST);
    }

    @Test
    void a_repetition_is_not_served_twice_and_a_later_one_is() {
        List<String> served = new ArrayList<>();
        assertThat(enquiries.later("same", () -> served.add("first"))).isTrue();
        assertThat(enquiries.later("same", () -> served.add("repetition"))).isTrue();
        assertThat(handedOver).hasSize(1);
        handedOver.remove().run();

        assertThat(enquiries.later("same", () -> served.add("later"))).isTrue();
        handedOver.remove().run();

        assertThat(served).containsExactly("first", "later");
    }

    @Test
    void a_request_that_fails_makes_room_all_the_same() {
        for (int i = 1; i < Enquiries.MOST; i++) {
            assertThat(enquiries.later(() -> {})).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            Runnable fails =
                    () -> {
                        throw new IllegalStateException("a bug");
                    };
            assertThat(enquiries.later("same", fails)).isTrue();
            handedOver.removeLast().run();
        }
    }

    @Test
    void workers_with_too_much_to_do_are_told_of_and_leave_nothing_behind() {
        Enquiries refused =
                new Enquiries(
                        directory,
                        work -> {
                            throw new RejectedExecutionException("full");
                        });
        for (int i = 0; i <= Enquiries.MOST; i++) {
            assertThat(refused.later("same", () -> {})).isFalse();
        }
    }
}
