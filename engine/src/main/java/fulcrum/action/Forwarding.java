package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.DigitRule;
import fulcrum.directory.Document;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.Set;

/// One caller's changes to a document's `call_forward`. Each change is saved before it is told, so that hanging up
/// takes nothing back; of the fields only `enabled` and `number` are written.
final class Forwarding {
    private final CallForward node;
    private final Call call;
    private final String documentId;
    private final Optional<String> captured;
    private boolean enabled;
    private String number;

    Forwarding(CallForward node, Call call, Document document) {
        this.node = node;
        this.call = call;
        this.documentId = document.id();
        this.captured = call.variables().captureGroup();
        this.enabled = document.flag("call_forward", "enabled");
        this.number = document.text("call_forward", "number").orElse("");
    }

    void activate() {
        String wanted = captured.orElseGet(this::asked);
        save(true, wanted);
        confirm();
        announce();
    }

    void deactivate() {
        save(false, number);
        Prompts.say(call, "cf-disabled");
    }

    void update() {
        String wanted = captured.orElseGet(this::asked);
        save(enabled, wanted);
        confirm();
    }

    void toggle() {
        if (enabled) {
            deactivate();
        } else if (number.isEmpty()) {
            activate();
        } else {
            save(true, number);
            announce();
        }
    }

    /// Until the caller leaves.
    void menu() {
        DigitRule one =
                new DigitRule(1, node.firstDigitTimeout(), node.interdigitTimeout(), Set.of());
        while (true) {
            String menu = enabled ? "cf-enabled_menu" : "cf-disabled_menu";
            String key = Prompts.ask(call, Prompts.prompt(call, menu), one);
            if (key.equals(node.toggleKey())) {
                toggle();
            } else if (key.equals(node.changeKey())) {
                update();
            }
        }
    }

    /// Asks until the caller has typed a number that is long enough.
    private String asked() {
        DigitRule rule =
                new DigitRule(
                        node.longest(),
                        node.firstDigitTimeout(),
                        node.interdigitTimeout(),
                        Set.of('#'));
        String typed = "";
        while (typed.length() < node.shortest()) {
            typed = Prompts.ask(call, Prompts.prompt(call, "cf-enter_number"), rule);
        }
        return typed;
    }

    private void save(boolean isEnabled, String wanted) {
        DocumentEdit.of(
                call,
                documentId,
                body -> {
                    ObjectNode forward = body.withObject("call_forward").put("enabled", isEnabled);
                    if (!wanted.isEmpty()) {
                        forward.put("number", wanted);
                    }
                });
        enabled = isEnabled;
        number = wanted;
    }

    /// Only what was typed is confirmed.
    private void confirm() {
        if (captured.isEmpty()) {
            Prompts.say(call, "vm-saved");
        }
    }

    private void announce() {
        Prompts.say(call, "cf-now_forwarded_to");
        Prompts.spell(call, number);
    }
}
