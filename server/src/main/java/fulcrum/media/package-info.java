/// Sound on the network and in memory: RTP packets, jitter, codecs, tones, files, and the threads that carry them.
/// Begin with [fulcrum.media.MediaPath], the drawing of what happens to a packet, then [fulcrum.media.Media] and
/// [fulcrum.media.Codec].
/// What a call wants to hear, and how offer and answer settled it, is decided in `exchange`; SIP is not known here.
@NullMarked
package fulcrum.media;

import org.jspecify.annotations.NullMarked;
