package fulcrum.web;

import fulcrum.call.HttpAnswer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads bodies: never more than allowed, and texts in their charset.
final class Body {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private Body() {}

    /// The whole body as text; its charset is the byte order mark's, else the content type's, else UTF-8.
    static String text(Head head, InputStream body, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(head, body, bytes, most);
        return decode(bytes.toByteArray(), head.header("content-type"));
    }

    /// @return how many bytes there were
    /// @throws BadFetch when there are more than `most`
    static long copy(Head head, InputStream body, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[8192];
        long total = 0;
        if (announced(head) > most) {
            throw tooLarge(most);
        }
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            total += read;
            if (total > most) {
                throw tooLarge(most);
            }
            to.write(buffer, 0, read);
        }
        return total;
    }

    private static BadFetch tooLarge(long most) {
        return new BadFetch(
                HttpAnswer.Kind.TOO_LARGE, "the answer is longer than " + most + " bytes");
    }

    private static long announced(Head head) {
        String length = head.header("content-length");
        boolean number = !length.isEmpty() && length.length() <= 18 && HostLiteral.all(length, 10);
        return number ? Long.parseLong(length) : 0;
    }

    static String decode(byte[] bytes, String contentType) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        return new String(bytes, charset(contentType));
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        if (!named.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(named.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8; // the best guess for a name that means nothing
        }
    }
}
