package fulcrum.place;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a queue knows: who waits in which order, and what each agent is doing. Pure; the time is passed in.
///
/// Members are served by priority, then in the order they came; a member who is offered an agent keeps his place until
/// that one answers. Of the free agents the one who has been free longest is offered.
final class QueueBook {
    /// A member and the agent who rings for him or talks to him, empty for none.
    private static final class Member {
        private final String callId;
        private final int priority;
        private final long number;
        private String seat = "";
        private String agent = "";
        private boolean connected;

        Member(String callId, int priority, long number) {
            this.callId = callId;
            this.priority = priority;
            this.number = number;
        }

        boolean isUnserved() {
            return agent.isEmpty();
        }
    }

    /// An agent and the member he is busy with, empty for none.
    private static final class Agent {
        private final String id;
        private String member = "";
        private Instant restsUntil = Instant.MIN;
        private long freeSince;
        private boolean leaving;

        Agent(String id) {
            this.id = id;
        }

        boolean isFree(Instant now) {
            return member.isEmpty() && !restsUntil.isAfter(now);
        }
    }

    /// A member, his seat, and the agent he is to ring.
    record Offer(String callId, String seat, String agent) {}

    private static final Comparator<Member> TURN =
            Comparator.<Member>comparingInt(member -> -member.priority)
                    .thenComparingLong(member -> member.number);

    private final QueueRules rules;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private long numbers;

    QueueBook(QueueRules rules) {
        this.rules = rules;
    }

    /// A call that is here already keeps its place, under the new seat.
    void join(String callId, String seat, int priority) {
        members.computeIfAbsent(callId, id -> new Member(id, priority, ++numbers)).seat = seat;
    }

    /// The number of a member's seat; empty when he has none.
    String seat(String callId) {
        Member member = members.get(callId);
        return member == null ? "" : member.seat;
    }

    /// A member goes, or has finished talking.
    void leave(String callId, Instant now) {
        Member gone = members.remove(callId);
        if (gone != null && !gone.agent.isEmpty()) {
            Duration peace = gone.connected ? rules.wrapUp() : Duration.ZERO;
            release(gone.agent, now.plus(peace));
        }
    }

    void connected(String callId) {
        Member member = members.get(callId);
        if (member != null && !member.agent.isEmpty()) {
            member.connected = true;
        }
    }

    void missed(String callId, Instant now) {
        Member member = members.get(callId);
        if (member != null && !member.agent.isEmpty() && !member.connected) {
            release(member.agent, now.plus(rules.rest()));
            member.agent = "";
        }
    }

    void login(String agent) {
        agents.computeIfAbsent(agent, Agent::new).leaving = false;
    }

    void logout(String agent) {
        Agent known = agents.get(agent);
        if (known != null) {
            known.leaving = true;
            dropIfLeaving(known);
        }
    }

    private void release(String agentId, Instant restsUntil) {
        Agent agent = agents.get(agentId);
        if (agent != null) {
            agent.member = "";
            agent.restsUntil = restsUntil;
            agent.freeSince = ++numbers;
            dropIfLeaving(agent);
        }
    }

    private void dropIfLeaving(Agent agent) {
        if (agent.leaving && agent.member.isEmpty()) {
            agents.remove(agent.id);
        }
    }

    /// Gives free agents to those whose turn it is, as many as there are.
    List<Offer> offers(Instant now) {
        List<Offer> offers = new ArrayList<>();
        Optional<Member> member = next();
        Optional<Agent> agent = free(now);
        while (member.isPresent() && agent.isPresent()) {
            member.get().agent = agent.get().id;
            agent.get().member = member.get().callId;
            offers.add(new Offer(member.get().callId, member.get().seat, agent.get().id));
            member = next();
            agent = free(now);
        }
        return offers;
    }

    private Optional<Member> next() {
        return members.values().stream().filter(Member::isUnserved).min(TURN);
    }

    private Optional<Agent> free(Instant now) {
        return agents.values().stream()
                .filter(agent -> agent.isFree(now))
                .min(Comparator.comparingLong(agent -> agent.freeSince));
    }

    /// When the next agent has rested and somebody waits for him; [Instant#MAX] for never.
    Instant wake(Instant now) {
        if (next().isEmpty()) {
            return Instant.MAX;
        }
        return agents.values().stream()
                .filter(agent -> agent.member.isEmpty())
                .map(agent -> agent.restsUntil)
                .filter(until -> until.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /// How many unserved members come before this one, plus one; 0 when he does not wait.
    int position(String callId) {
        Member asking = members.get(callId);
        if (asking == null || asking.connected) {
            return 0;
        }
        return 1
                + (int)
                        members.values().stream()
                                .filter(member -> !member.connected)
                                .filter(member -> TURN.compare(member, asking) < 0)
                                .count();
    }

    List<String> members() {
        return List.copyOf(members.keySet());
    }
}
