package fulcrum.api;

import fulcrum.directory.Json;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.regex.Pattern;

/// Classes of numbers (number-normalization.md §3): the first whose pattern matches the normalised number counts.
final class Classifiers {
    private static final String US = "SS(###) ### - ####";
    private static final String CARIBBEAN =
            "684|264|268|242|246|441|284|345|767|809|829|849|473|671|876|664|670|787|939|869|758|784|721|868|649|340";

    private record Type(String name, String friendlyName, String prettyPrint, Pattern pattern) {
        Type(String name, String friendlyName, String prettyPrint, String regex) {
            this(name, friendlyName, prettyPrint, Pattern.compile(regex));
        }

        ObjectNode shown() {
            ObjectNode shown = Json.object();
            shown.put("regex", pattern.pattern());
            shown.put("friendly_name", friendlyName);
            if (!prettyPrint.isEmpty()) {
                shown.put("pretty_print", prettyPrint);
            }
            if (name.equals("emergency")) {
                shown.put("emergency", true);
            }
            return shown;
        }
    }

    private static final List<Type> TYPES =
            List.of(
                    new Type(
                            "tollfree_us",
                            "US TollFree",
                            US,
                            "^\\+1((?:800|88\\d|877|866|855|844|833|822)\\d{7})$"),
                    new Type("toll_us", "US Toll", US, "^\\+1(900\\d{7})$"),
                    new Type(
                            "emergency",
                            "Emergency Dispatcher",
                            "",
                            "^(911|922|933|833|811|711|999)$"),
                    new Type("caribbean", "Caribbean", US, "^\\+?1((?:" + CARIBBEAN + ")\\d{7})$"),
                    new Type("did_us", "US DID", US, "^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$"),
                    new Type("international", "International", "", "^\\+([2-9]\\d{7,})$"),
                    new Type("unknown", "Unknown", "", "^(.*)$"));

    private Classifiers() {}

    /// All classes, by name, in the order they are tried.
    static ObjectNode all() {
        ObjectNode all = Json.object();
        TYPES.forEach(type -> all.set(type.name, type.shown()));
        return all;
    }

    /// The class of one number.
    ///
    /// @param number as the client sent it
    /// @param e164 the same, normalised
    static ObjectNode of(String number, String e164) {
        ObjectNode shown = Json.object();
        shown.put("number", number);
        shown.put("e164", e164);
        TYPES.stream()
                .filter(type -> type.pattern.matcher(e164).find())
                .findFirst()
                .ifPresent(
                        type -> {
                            shown.put("name", type.name);
                            shown.setAll(type.shown());
                        });
        return shown;
    }
}
