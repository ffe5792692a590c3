package fulcrum.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `;name=value` parameters of a header or URI, in their order; names are compared without case. Immutable.
final class Parameters {
    static final Parameters NONE = new Parameters(List.of());

    /// @param name    by which it is found: as written, in URIs with its escapes decoded
    /// @param value   as written; empty and `isFlag` when there is no equals sign
    private record Parameter(String name, String written, String value, boolean isFlag) {
        static Parameter of(String name, String value, boolean isFlag) {
            return new Parameter(name, name, value, isFlag);
        }
    }

    private final List<Parameter> all;

    private Parameters(List<Parameter> all) {
        this.all = all;
    }

    /// Reads header parameters up to the end or the first comma: tokens, hosts or quoted strings as values, spaces
    /// around `;` and `=` (generic-param of RFC 3261 §25.1).
    static Parameters ofHeader(Text text) {
        List<Parameter> found = List.of();
        while (text.skipSpace().takes(';')) {
            text.skipSpace();
            var name = text.token();
            if (!text.skipSpace().takes('=')) {
                found = added(found, Parameter.of(name, "", true), text);
                continue;
            }
            text.skipSpace();
            var value = text.peek() == '"' ? text.quoted() : text.upTo(" \t;,\"<>=?@\\");
            if (value.isEmpty()) {
                throw text.bad("parameter " + name + " without value");
            }
            found = added(found, Parameter.of(name, value, false), text);
        }
        return found.isEmpty() ? NONE : new Parameters(found);
    }

    /// Reads URI parameters up to the end or the question mark; no spaces, no quotes (uri-parameters).
    static Parameters ofUri(Text text) {
        List<Parameter> found = List.of();
        while (text.takes(';')) {
            var name = text.upTo(";=?");
            var isFlag = !text.takes('=');
            var value = isFlag ? "" : text.upTo(";?");
            // Some phones write ";;" or end in ";"; nothing is lost by reading over it.
            if (!name.isEmpty()) {
                found =
                        added(
                                found,
                                new Parameter(SipUri.unescaped(name), name, value, isFlag),
                                text);
            }
        }
        return found.isEmpty() ? NONE : new Parameters(found);
    }

    private static List<Parameter> added(List<Parameter> list, Parameter one, Text text) {
        var grown = list.isEmpty() ? new ArrayList<Parameter>(4) : list;
        for (var other : grown) {
            if (other.name.equalsIgnoreCase(one.name)) {
                throw text.bad("parameter " + one.name + " twice");
            }
        }
        grown.add(one);
        return grown;
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    /// The value without quotes; empty text for a parameter without value.
    Optional<String> value(String name) {
        return find(name).map(found -> Text.unquoted(found.value));
    }

    List<String> names() {
        return all.stream().map(Parameter::name).toList();
    }

    /// A copy in which this parameter has this value, in its old place or at the end.
    Parameters with(String name, String value) {
        var changed = Parameter.of(name, value, value.isEmpty());
        var copy = new ArrayList<>(all);
        for (var i = 0; i < copy.size(); i++) {
            if (copy.get(i).name.equalsIgnoreCase(name)) {
                copy.set(i, changed);
                return new Parameters(copy);
            }
        }
        copy.add(changed);
        return new Parameters(copy);
    }

    Parameters without(String name) {
        return new Parameters(
                all.stream().filter(one -> !one.name.equalsIgnoreCase(name)).toList());
    }

    void appendTo(StringBuilder text) {
        for (var one : all) {
            text.append(';').append(one.written);
            if (!one.isFlag) {
                text.append('=').append(one.value);
            }
        }
    }

    private Optional<Parameter> find(String name) {
        for (var one : all) {
            if (one.name.equalsIgnoreCase(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
