package fulcrum.call;

import java.time.Duration;

/// What a callee must do after answering before the caller is connected: hear a prompt and press a key. Keeps a
/// mailbox or a machine from taking a call that was forwarded to it.
///
/// @param key the one key that accepts; others are ignored
/// @param patience for the key, from the end of the prompt (> 0); then the callee is hung up on
public record Confirmation(Sound prompt, char key, Duration patience) {}
