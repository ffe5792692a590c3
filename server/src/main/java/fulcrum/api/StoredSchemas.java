package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The schemas of documents, read once from the class path folder `/schemas`; `index.txt` there lists them.
public final class StoredSchemas implements SchemaSource {
    private final SortedMap<String, ObjectNode> schemas = new TreeMap<>();

    public StoredSchemas() {
        for (String name : text("index.txt").split("\n")) {
            schemas.put(name, Json.object(text(name + ".json")));
        }
    }

    private static String text(String file) {
        String path = "/schemas/" + file;
        try (InputStream in = StoredSchemas.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + path, broken);
        }
    }

    @Override
    public Optional<ObjectNode> schema(String name) {
        return Optional.ofNullable(schemas.get(name));
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(
                (SortedSet<String>) new java.util.TreeSet<>(schemas.keySet()));
    }
}
