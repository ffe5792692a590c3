package fulcrum.web;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The beginning of an answer.
///
/// @param headers names in lower case, in the order received; several of one name joined with `, `
/// @param url where it came from after redirects, without credentials
record Head(int status, Map<String, String> headers, String url) {
    static Head of(ClassicHttpResponse response, WebUrl url) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b);
        }
        return new Head(response.getCode(), Collections.unmodifiableMap(headers), url.toString());
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
