/// Tests of packets, codecs, tones and paths.
@NullMarked
package fulcrum.media;

import org.jspecify.annotations.NullMarked;
