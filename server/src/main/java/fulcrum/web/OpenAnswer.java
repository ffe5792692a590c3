package fulcrum.web;

import fulcrum.call.HttpAnswer;

import org.apache.hc.client5.http.entity.DeflateInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// An answer whose head is there and whose body is still on its connection. Belongs to the thread of the request.
///
/// Closing it gives the connection back: for further use when the message was read to its end, else for good.
final class OpenAnswer implements AutoCloseable {
    /// What we say in `Accept-Encoding`.
    static final String ENCODINGS = "gzip, x-gzip, deflate";

    /// More than that of a body that nobody wants is not read for the sake of the connection.
    private static final int LITTLE = 4096;

    /// A body packed more often than that is an attack.
    private static final int MOST_ENCODINGS = 5;

    /// What becomes of the connection.
    interface Release {
        /// @param whole whether the message was read to its end, so that another may follow
        void release(boolean whole);
    }

    /// The message's body as it is on the connection. Closing it does nothing: whoever unpacks it closes it, and the
    /// connection outlives that.
    private static final class Raw extends FilterInputStream {
        private boolean ended;

        Raw(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            ended |= octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() {}
    }

    private final ClassicHttpResponse response;
    private final Release release;
    private final Raw raw;
    private InputStream body;

    /// @throws IOException when the entity cannot be read; the connection is then not given back
    OpenAnswer(ClassicHttpResponse response, Release release) throws IOException {
        this.response = response;
        this.release = release;
        HttpEntity entity = response.getEntity();
        this.raw = new Raw(entity == null ? InputStream.nullInputStream() : entity.getContent());
        raw.ended = entity == null;
        this.body = raw;
    }

    ClassicHttpResponse response() {
        return response;
    }

    /// The body, decompressed; to be asked for once.
    ///
    /// @throws BadFetch when it is packed in a way that was not asked for
    InputStream body() throws IOException {
        List<String> encodings = encodings();
        if (encodings.size() > MOST_ENCODINGS) {
            throw new BadFetch(HttpAnswer.Kind.BROKEN, "the answer is packed too often");
        }
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() == 0) {
            return body;
        }
        for (String encoding : encodings.reversed()) {
            body =
                    switch (encoding) {
                        case "gzip", "x-gzip" -> new GZIPInputStream(body);
                        case "deflate" -> new DeflateInputStream(body);
                        default ->
                                throw new BadFetch(
                                        HttpAnswer.Kind.BROKEN,
                                        "the answer is packed as " + encoding);
                    };
        }
        return body;
    }

    private List<String> encodings() {
        List<String> encodings = new ArrayList<>();
        for (Header header : response.getHeaders("Content-Encoding")) {
            for (String one : header.getValue().split(",", -1)) {
                String name = one.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !name.equals("identity")) {
                    encodings.add(name);
                }
            }
        }
        return encodings;
    }

    /// Reads the little that may be left of the message, so that the connection can be kept.
    void finish() throws IOException {
        if (!raw.ended) {
            raw.readNBytes(LITTLE);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            body.close(); // of a decompressor: its memory
        } finally {
            release.release(raw.ended);
        }
    }
}
