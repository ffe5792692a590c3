package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a request body held: the envelope without its data, the data, and files.
record ApiBody(ObjectNode envelope, JsonNode data, List<UploadedFile> files) {
    static final ApiBody EMPTY = new ApiBody(Json.object(), Json.object(), List.of());

    ApiBody {
        files = List.copyOf(files);
    }
}
