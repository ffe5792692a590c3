package fulcrum.api;

import com.sun.management.UnixOperatingSystemMXBean;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.lang.management.ManagementFactory;
import java.util.List;

/// What this server is, and where its phones register (REST conventions §17). Kazoo's counters, as far as a JVM has
/// them: `processes` are threads of the operating system, `ports` open files and sockets.
record AboutResource(ApiSettings settings) implements Resource {
    @Override
    public String name() {
        return "about";
    }

    @Override
    public boolean isOfAccounts() {
        return false;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                                "GET",
                                "",
                                "Tells version, counters and the SIP address.",
                                (r, args) -> about(r))
                        .anyToken());
    }

    private ApiReply about(ApiRequest request) {
        ObjectNode about = Json.object();
        Runtime runtime = Runtime.getRuntime();
        about.put("version", settings.version());
        about.put("used_memory", runtime.totalMemory() - runtime.freeMemory());
        about.put("processes", ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof UnixOperatingSystemMXBean system) {
            about.put("ports", system.getOpenFileDescriptorCount());
        }
        about.put("java_version", Runtime.version().toString());
        ObjectNode sip = about.putObject("sip");
        sip.put("host", settings.sipHost().isEmpty() ? hostOf(request) : settings.sipHost());
        sip.put("port", settings.sipPort());
        return ApiReply.of(about);
    }

    /// The host that the client reached us by.
    private static String hostOf(ApiRequest request) {
        String host = request.incoming().header("Host").orElse("127.0.0.1");
        int bracket = host.indexOf(']');
        if (bracket > 0) {
            return host.substring(1, bracket);
        }
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
