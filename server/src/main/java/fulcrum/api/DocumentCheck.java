package fulcrum.api;

import fulcrum.flow.SchemaCheck;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Checks documents that are to be stored, the way Kazoo's patched validator does (REST conventions §7.1).
///
/// 1. Defaults are written into the document, also into objects that a default made.
/// 2. Every rule is tried; all violations are told.
/// 3. When all of them are simple mismatches of type that can be repaired (`"5"` for 5, `"true"` for true), they are
///    repaired and the document is checked once more.
///
/// Safe for use from any thread. The given document is not written to.
public final class DocumentCheck {
    private final SchemaSource schemas;
    private final SchemaCheck rules;

    public DocumentCheck(SchemaSource schemas, UrlRule urls) {
        this.schemas = schemas;
        this.rules = new SchemaCheck(urls::allows, schemas::schema);
    }

    /// @throws IllegalArgumentException when there is no schema of this name
    public Verdict check(String schemaName, ObjectNode document) {
        ObjectNode schema =
                schemas.schema(schemaName)
                        .orElseThrow(() -> new IllegalArgumentException("no schema " + schemaName));
        ObjectNode copy = document.deepCopy();
        List<Violation> violations = pass(schema, copy);
        if (!violations.isEmpty() && TypeRepair.repairAll(copy, violations)) {
            violations = pass(schema, copy);
        }
        return new Verdict(copy, violations);
    }

    private List<Violation> pass(ObjectNode schema, ObjectNode document) {
        rules.fill(schema, document);
        return rules.check(schema, document, "").stream()
                .map(problem -> new Violation(problem.keys(), problem.rule(), problem.detail()))
                .toList();
    }
}
