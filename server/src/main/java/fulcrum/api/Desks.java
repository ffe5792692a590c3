package fulcrum.api;

import fulcrum.call.RateBuckets;

import java.util.List;

/// Puts the API together: the one place that lists its resources.
final class Desks {
    private Desks() {}

    static Desk of(ApiParts parts) {
        ApiSettings settings = parts.settings();
        Tokens tokens = new Tokens(parts.directory(), parts.clock(), settings.tokenLife());
        return new Desk(
                parts.directory(),
                new Router(resources(parts, tokens)),
                new Authentication(parts.directory(), tokens),
                new RateBuckets(settings.bucketTokens(), settings.bucketRefill()),
                new Answers(settings, parts.clock()),
                parts.clock());
    }

    /// All resources, over these parts.
    static List<Resource> resources(ApiParts parts) {
        return resources(
                parts, new Tokens(parts.directory(), parts.clock(), parts.settings().tokenLife()));
    }

    private static List<Resource> resources(ApiParts parts, Tokens tokens) {
        ApiSettings settings = parts.settings();
        SchemaSource schemas = new StoredSchemas().or(SchemaSource.of(parts.actions()));
        DocumentCheck check = new DocumentCheck(schemas, parts.urls());
        Documents documents = new Documents(parts.directory(), parts.clock(), parts.saved());
        Shelf shelf = new Shelf(documents, check);
        Uploads uploads = new Uploads(parts.attachments());
        Welcome welcome = new Welcome(shelf, tokens, settings);
        return List.of(
                new AboutResource(settings),
                new AccountsResource(shelf, settings),
                new ApiAuthResource(shelf, welcome),
                new CallflowsResource(shelf),
                new CarriersResource(shelf),
                new CdrsResource(parts.monthly(), documents),
                new ChannelsResource(parts.legs(), documents),
                new DevicesResource(shelf, parts.registrations()),
                new MediaResource(shelf, new Sounds(uploads, parts.speaker())),
                new MenusResource(shelf),
                new PhoneNumbersResource(shelf),
                new PivotResource(parts.monthly(), documents, settings),
                new RegistrationsResource(parts.registrations(), documents),
                new SchemasResource(schemas, check),
                new TokenAuthResource(welcome),
                new UserAuthResource(shelf, welcome),
                new UsersResource(shelf, uploads));
    }
}
