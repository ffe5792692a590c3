/// Text to speech: engines, the cache of what they rendered, and the texts of the system prompts.
/// Begin with [fulcrum.speech.Voices], then [fulcrum.speech.Prompts].
/// How sound reaches a caller, and which prompt a call wants, do not belong here.
@NullMarked
package fulcrum.speech;

import org.jspecify.annotations.NullMarked;
