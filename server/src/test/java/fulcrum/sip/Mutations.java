package fulcrum.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes broken messages of good ones, the same ones for the same seed: single bytes changed, taken away, doubled or
/// swapped, pieces of others put in, and the words that hurt parsers most.
final class Mutations {
    private static final List<String> WORDS =
            List.of(
                    "\r\n",
                    "\r",
                    "\n",
                    "\0",
                    " ",
                    "\t",
                    ",",
                    ";",
                    ";;",
                    "=",
                    "<",
                    ">",
                    "<>",
                    "\"",
                    "\\",
                    ":",
                    "::",
                    "[",
                    "]",
                    "@",
                    "?",
                    "%",
                    "%0",
                    "%zz",
                    "*",
                    "/",
                    "-1",
                    "99999999999999999999",
                    "\u00ff",
                    "\ud83d\ude00",
                    "\r\n ",
                    "\r\nVia: ",
                    "\r\n\r\n",
                    "SIP/2.0",
                    "sip:",
                    "Content-Length: 7\r\n",
                    "branch=",
                    "tag=",
                    "v=0\r\n",
                    "m=");

    private final Random random;
    private final List<byte[]> sources;

    Mutations(long seed, List<byte[]> sources) {
        random = new Random(seed);
        this.sources = List.copyOf(sources);
    }

    /// The next broken message, one to three changes away from one of the sources.
    byte[] next() {
        var message = sources.get(random.nextInt(sources.size()));
        for (var left = 1 + random.nextInt(3); left > 0; left--) {
            message = changed(message);
        }
        return message;
    }

    private byte[] changed(byte[] message) {
        if (message.length == 0) {
            return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
        }
        var from = random.nextInt(message.length);
        var to =
                Math.min(
                        message.length,
                        from + 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 4));
        return switch (random.nextInt(6)) {
            case 0 -> joined(message, from, new byte[] {(byte) random.nextInt(256)}, to);
            case 1 -> joined(message, from, new byte[0], to);
            case 2 -> joined(message, from, word(), from);
            case 3 -> joined(message, from, word(), to);
            case 4 -> joined(message, to, slice(message, from, to), to);
            default -> joined(message, from, piece(), to);
        };
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] piece() {
        var other = sources.get(random.nextInt(sources.size()));
        var from = random.nextInt(other.length);
        return slice(other, from, Math.min(other.length, from + random.nextInt(60)));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[] message, int end, byte[] middle, int start) {
        var out = new ByteArrayOutputStream(message.length + middle.length);
        out.write(message, 0, end);
        out.writeBytes(middle);
        out.write(message, start, message.length - start);
        return out.toByteArray();
    }
}
