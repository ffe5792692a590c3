package fulcrum.action;

import fulcrum.call.Call;
import fulcrum.call.DigitRule;
import fulcrum.call.MediaReference;
import fulcrum.call.Played;
import fulcrum.call.Question;
import fulcrum.call.Sound;
import fulcrum.directory.CallflowMatch;
import fulcrum.directory.Document;
import fulcrum.flow.Branches;
import fulcrum.flow.FlowRouter;
import fulcrum.flow.Next;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One caller's stay in a menu.
///
/// 1. The greeting is played; the first digit cuts it. Digits are collected up to the menu's length; `#` ends them.
/// 2. No digits: the child `timeout`, or the callflow of that name when the menu hunts, else the greeting again.
/// 3. Digits: the child of that name, else the callflow they dial, else the PIN for recording the greeting, else a word
///    about the wrong entry and the greeting again.
/// 4. After the last time: the child `max_retries`, else `_`.
final class MenuVisit {
    static final Set<Character> ANY_KEY =
            Set.of('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#');

    private final Menu node;
    private final Call call;
    private final Branches branches;
    private MenuDocument menu;

    MenuVisit(Menu node, Call call, Branches branches) {
        this.node = node;
        this.call = call;
        this.branches = branches;
        this.menu = MenuDocument.of(node.id(), Optional.empty());
    }

    Next next() {
        read();
        call.answer();
        int left = menu.retries();
        while (left > 0) {
            String digits = asked();
            Optional<Next> way = way(digits.isEmpty() ? "timeout" : digits);
            if (way.isPresent()) {
                return way.get();
            }
            if (opensRecording(digits)) {
                new MenuRecording(this, call, menu, node.minGreetingLength()).run();
                read();
                prompt("menu-return");
                continue;
            }
            if (!digits.isEmpty()) {
                say("invalid_media", "menu-invalid_entry");
            }
            left--;
        }
        return givenUp();
    }

    private void read() {
        Optional<Document> document =
                node.id().isEmpty()
                        ? Optional.empty()
                        : call.ask(new Question.FindDocument(call.facts().accountId(), node.id()))
                                .document();
        if (document.isEmpty()) {
            call.notice(
                    branches.pointer() + "/data/id",
                    "there is no menu '"
                            + node.id()
                            + "': its greeting and settings are the usual");
        }
        menu = MenuDocument.of(node.id(), document);
    }

    private String asked() {
        call.flushKeys();
        MediaReference.sound(call.facts().accountId(), menu.greeting())
                .ifPresentOrElse(this::play, () -> prompt("menu-no_prompt"));
        Duration between = menu.interdigitTimeout().orElse(node.interdigitTimeout());
        DigitRule rule =
                new DigitRule(
                        menu.maxExtensionLength(),
                        menu.timeout(),
                        between.isPositive() ? between : Duration.ofMillis(1),
                        Set.of('#'));
        return call.collect(rule, call.digits().takeEarly()).text();
    }

    private Optional<Next> way(String digits) {
        if (branches.has(digits)) {
            return Optional.of(Next.child(digits));
        }
        return isHuntable(digits) ? hunted(digits) : Optional.empty();
    }

    private boolean isHuntable(String digits) {
        return menu.hunt()
                && (menu.huntAllow().isEmpty() || matches(menu.huntAllow(), digits))
                && (menu.huntDeny().isEmpty() || !matches(menu.huntDeny(), digits));
    }

    /// A pattern that does not compile allows nothing and denies nothing.
    private boolean matches(String pattern, String digits) {
        return call.ask(new Question.Matches(pattern, digits, false)).yes();
    }

    private Optional<Next> hunted(String digits) {
        Optional<CallflowMatch> match =
                call.ask(new Question.FindCallflow(call.facts().accountId(), digits))
                        .match()
                        .filter(found -> !found.noMatch());
        if (match.isEmpty()) {
            return Optional.empty();
        }
        call.flushKeys();
        say("transfer_media", "menu-transferring_call");
        call.variables().captured(match.get().captureGroup(), match.get().captureGroups());
        return Optional.of(new Next.Branch(FlowRouter.flowOf(match.get().callflow())));
    }

    private boolean opensRecording(String digits) {
        return !digits.isEmpty()
                && digits.equals(menu.recordPin())
                && (!call.facts().isOffnet() || menu.allowRecordFromOffnet());
    }

    private Next givenUp() {
        call.flushKeys();
        say("exit_media", "menu-exit");
        if (branches.has("max_retries")) {
            return Next.child("max_retries");
        }
        if (branches.has("_")) {
            say("transfer_media", "menu-transferring_call");
        } else {
            prompt("vm-goodbye");
        }
        return Next.DEFAULT;
    }

    /// Plays what the menu has for an occasion, or the system's prompt.
    private void say(String name, String promptId) {
        switch (menu.said(name)) {
            case "false" -> {}
            case "true" -> prompt(promptId);
            case String id ->
                    MediaReference.sound(call.facts().accountId(), id).ifPresent(this::play);
        }
    }

    void prompt(String promptId) {
        play(new Sound.Prompt(call.facts().accountId(), promptId, call.variables().language()));
    }

    /// Plays a sound that any key cuts.
    void play(Sound sound) {
        if (call.play(sound, 1, ANY_KEY) instanceof Played.Failed failed) {
            call.notice(
                    branches.pointer(), "the menu cannot play " + sound + ": " + failed.reason());
        }
    }

    void notice(String message) {
        call.notice(branches.pointer(), message);
    }
}
