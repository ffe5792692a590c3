package fulcrum.app;

import fulcrum.directory.Json;
import fulcrum.phone.Login;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// An account that a command sets up on its own server by REST, as a user would: phones, and a number with a pivot.
final class Shop {
    private final Errands errands;
    private final String realm;
    private final InetSocketAddress sip;

    /// @param sip where the server listens
    private Shop(Errands errands, String realm, InetSocketAddress sip) {
        this.errands = errands;
        this.realm = realm;
        this.sip = sip;
    }

    /// In the master account of a server that was just opened.
    static Shop in(House house, Errands errands) {
        errands.logIn(house.apiKey());
        InetSocketAddress listening = house.sipAddress();
        InetAddress near =
                listening.getAddress().isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : listening.getAddress();
        return new Shop(
                errands,
                house.master().text("realm").orElse(""),
                new InetSocketAddress(near, listening.getPort()));
    }

    String realm() {
        return realm;
    }

    InetSocketAddress sip() {
        return sip;
    }

    /// Makes a phone's device.
    Login phone(String username, String name) {
        String password = Secrets.hex(8);
        ObjectNode device = Json.object();
        device.put("name", name);
        ObjectNode sipPart = device.putObject("sip");
        sipPart.put("username", username);
        sipPart.put("password", password);
        JsonNode made = errands.account("PUT", "/devices", device);
        if (Json.text(made, "id").isEmpty()) {
            throw new IllegalStateException("a device without an id: " + made);
        }
        return new Login(username, password, realm, name, sip);
    }

    /// Puts a pivot on a number.
    void pivot(String number, String url) {
        ObjectNode callflow = Json.object();
        callflow.putArray("numbers").add(number);
        ObjectNode flow = callflow.putObject("flow");
        flow.put("module", "pivot");
        ObjectNode data = flow.putObject("data");
        data.put("voice_url", url);
        data.put("debug", true);
        errands.account("PUT", "/callflows", callflow);
    }
}
