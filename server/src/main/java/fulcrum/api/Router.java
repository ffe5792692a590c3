package fulcrum.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a path as a chain of names with arguments (REST conventions §1): a segment that is a resource's name opens a
/// new part, any other belongs to the part that is open. The last part handles the request, the earlier ones are its
/// context.
final class Router {
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Router(List<Resource> resources) {
        resources.forEach(resource -> this.resources.put(resource.name(), resource));
    }

    /// A path that was understood.
    record Target(List<Noun> nouns, Resource resource, List<Route> routes) {
        Noun last() {
            return nouns.getLast();
        }

        Optional<Route> route(String method) {
            return routes.stream().filter(route -> route.method().equals(method)).findFirst();
        }
    }

    Resource resource(Noun noun) {
        return resources.getOrDefault(noun.name(), NOTHING);
    }

    /// @param segments behind `/v2`
    /// @throws Refusal 404 when no resource answers to the path
    Target target(List<String> segments) {
        List<Noun> nouns = nouns(segments);
        if (nouns.isEmpty()) {
            throw Refusal.notFound();
        }
        Resource resource = resource(nouns.getLast());
        List<Route> routes = Route.fitting(resource.routes(), nouns.getLast().args());
        if (routes.isEmpty()) {
            throw Refusal.notFound();
        }
        return new Target(nouns, resource, routes);
    }

    private List<Noun> nouns(List<String> segments) {
        List<Noun> nouns = new ArrayList<>();
        String name = "";
        List<String> args = new ArrayList<>();
        for (String segment : segments) {
            boolean opens = resources.containsKey(segment) && !name.equals("schemas");
            if (!opens && name.isEmpty()) {
                return List.of();
            }
            if (!opens) {
                args.add(segment);
                continue;
            }
            if (!name.isEmpty()) {
                nouns.add(new Noun(name, args));
            }
            name = segment;
            args = new ArrayList<>();
        }
        if (!name.isEmpty()) {
            nouns.add(new Noun(name, args));
        }
        return nouns;
    }

    private static final Resource NOTHING =
            new Resource() {
                @Override
                public String name() {
                    return "";
                }

                @Override
                public List<Route> routes() {
                    return List.of();
                }
            };
}
