package fulcrum.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class EventsTest {
    private static final SessionEvent CONFIRMED = new SessionEvent.Confirmed();
    private static final SessionEvent LAST =
            new SessionEvent.Ended(SessionEvent.Cause.REMOTE, 16, "");

    private final List<SessionEvent> heard = new ArrayList<>();
    private final Events events = new Events();

    @Test
    void what_happens_before_there_is_a_listener_is_told_to_the_first_one() {
        events.tell(CONFIRMED);
        events.tellLast(LAST);

        events.listen(heard::add);

        assertThat(heard).containsExactly(CONFIRMED, LAST);
    }

    @Test
    void a_listener_is_let_go_of_after_the_last_event() {
        events.listen(heard::add);

        events.tellLast(LAST);
        events.tell(CONFIRMED);

        assertThat(heard).containsExactly(LAST);
    }
}
