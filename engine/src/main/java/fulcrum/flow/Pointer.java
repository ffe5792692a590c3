package fulcrum.flow;

/// JSON pointers (RFC 6901).
final class Pointer {
    private Pointer() {}

    /// A key as a part of a pointer.
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /// The key that a part of a pointer stands for.
    static String plain(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}
