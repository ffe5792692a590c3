package fulcrum.flow;

import fulcrum.call.Call;
import fulcrum.call.CallEvent;
import fulcrum.call.FlowReplaced;
import fulcrum.call.Order;
import fulcrum.call.WorldFailed;
import fulcrum.directory.Json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Walks a flow: makes each node its action's record when it is entered, runs it and goes where it says (callflow
/// common facts, "How a flow moves").
///
/// 1. A carrier's call is sent 180 before the first node; nothing is answered here.
/// 2. A node with `skip_module`, or of an unknown action, counts as having gone on at `_`.
/// 3. An action that crashes does not end the call: the flow goes on at `_`.
/// 4. A branch leaves the `_` of its node behind, which follows when the branch stops; an injected or returned flow
///    takes the place of the present one, and what is queued on the leg is dropped.
/// 5. The flow is over when nothing is left, on a hard stop, or when the caller has left. Seeing the leg off is the
///    business of [fulcrum.call.CallRun].
///
/// Immutable; one serves all calls.
public final class FlowInterpreter {
    private static final System.Logger LOG = System.getLogger(FlowInterpreter.class.getName());
    private static final String GOES_ON = "; the flow goes on at _";

    private final ActionCatalog catalog;
    private final ActionReader reader;
    private final boolean ringsOffnet;
    private final int mostBranches;
    private final int mostNodes;

    public FlowInterpreter(ActionCatalog catalog, Settings settings) {
        this.catalog = catalog;
        this.reader = new ActionReader(settings);
        this.ringsOffnet = Boolean.parseBoolean(settings.known("callflow.ring_ready_offnet"));
        this.mostBranches = Integer.parseInt(settings.known("callflow.max_branch_count"));
        this.mostNodes = Integer.parseInt(settings.known("callflow.max_node_count"));
    }

    /// Runs a flow to its end on the call's thread. What unwinds a call passes through, except an injected flow.
    public void run(Flow flow, Call call) {
        if (!flow.isEmpty() && call.facts().isOffnet() && ringsOffnet) {
            call.tell(new Order.Ring());
        }
        new Walk(call).from(flow);
    }

    /// One call's way through its flows.
    private final class Walk {
        private final Call call;
        private final Deque<Flow> leftBehind = new ArrayDeque<>();
        private int branches;
        private int nodes;

        Walk(Call call) {
            this.call = call;
        }

        void from(Flow flow) {
            Optional<Flow> node = Optional.of(flow);
            while (node.isPresent() && call.hungUp().isEmpty()) {
                node = node.get().isEmpty() ? stopped() : after(node.get());
            }
        }

        private Optional<Flow> after(Flow node) {
            if (++nodes > mostNodes) {
                call.notice(
                        node.pointer(),
                        "more than " + mostNodes + " nodes in one call: the flow is ended");
                return Optional.empty();
            }
            Next next;
            try {
                next = outcome(node);
            } catch (FlowReplaced replaced) {
                return injected(node, replaced);
            }
            return switch (next) {
                case Next.Child child -> child(node, child.keys());
                case Next.Stop stop -> stopped();
                case Next.HardStop hardStop -> Optional.empty();
                case Next.Branch branch -> branched(node, branch.flow());
                case Next.Go go -> replaced(go.flow());
            };
        }

        private Next outcome(Flow node) {
            if (Json.flag(node.data(), "skip_module")) {
                return Next.DEFAULT;
            }
            if (Json.flag(node.node(), "remote_execution")) {
                call.notice(
                        node.pointer(), "remote_execution: there is no other app to run this node");
                return Next.child("REMOTE_UNAVAILABLE");
            }
            Optional<ActionType> type = catalog.find(node.module());
            if (type.isEmpty()) {
                call.notice(node.pointer(), catalog.whyMissing(node.module()) + GOES_ON);
                return Next.DEFAULT;
            }
            call.emit(
                    new CallEvent.NodeEntered(
                            call.id(),
                            call.facts().accountId(),
                            call.now(),
                            node.module(),
                            node.pointer()));
            try {
                return reader.read(type.get(), node).run(call, new Branches(node));
            } catch (BadFlow unusable) {
                call.notice(unusable.pointer(), unusable.reason() + GOES_ON);
            } catch (WorldFailed unknown) {
                call.notice(node.pointer(), unknown.getMessage() + GOES_ON);
            } catch (RuntimeException | StackOverflowError crash) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "call %s: %s at %s crashed%s"
                                .formatted(call.id(), node.module(), node.pointer(), GOES_ON),
                        crash);
                call.notice(node.pointer(), node.module() + " crashed: " + crash + GOES_ON);
            }
            return Next.DEFAULT;
        }

        private Optional<Flow> child(Flow node, List<String> keys) {
            for (String key : keys) {
                Optional<Flow> child = node.child(key);
                if (child.isPresent()) {
                    return child;
                }
            }
            return node.child("_").or(this::stopped);
        }

        private Optional<Flow> stopped() {
            return Optional.ofNullable(leftBehind.poll());
        }

        private Optional<Flow> branched(Flow node, Flow flow) {
            if (++branches > mostBranches) {
                call.notice(
                        node.pointer(),
                        "more than " + mostBranches + " branches in one call: the call is ended");
                return Optional.empty();
            }
            node.child("_").filter(rest -> !rest.isEmpty()).ifPresent(leftBehind::push);
            return Optional.of(flow);
        }

        /// Another flow takes the place of the present one; what earlier branches left behind stays.
        private Optional<Flow> replaced(Flow flow) {
            call.tell(new Order.StopPlaying());
            return Optional.of(flow);
        }

        private Optional<Flow> injected(Flow node, FlowReplaced replaced) {
            try {
                return replaced(Flow.parse(replaced.flowJson()));
            } catch (BadFlow unusable) {
                call.notice(
                        node.pointer(), "the injected flow is " + unusable.getMessage() + GOES_ON);
                return child(node, List.of());
            }
        }
    }
}
