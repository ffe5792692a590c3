package fulcrum.app;

import static org.assertj.core.api.Assertions.assertThat;

import fulcrum.action.Actions;
import fulcrum.directory.Json;
import fulcrum.flow.FlowCheck;
import fulcrum.sdk.Outcome;
import fulcrum.sdk.Scenario;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Holds the documents to the code: generated pages are current, links lead somewhere, commands exist, flows are valid.
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./fulcrum ([a-z]+)");
    private static final Pattern OPTION = Pattern.compile("\\./fulcrum ([a-z]+)([^\\n|`]*)");
    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(ROOT)) {
            walk.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> !path.toString().contains("/node_modules/"))
                    .filter(path -> !path.toString().contains("/.git/"))
                    .forEach(pages::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_generated_pages_are_as_the_code_says_now() {
        assertThat(References.stale(ROOT)).as("run ./fulcrum generate").isEmpty();
    }

    @Test
    void every_link_between_pages_leads_somewhere() {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher links = LINK.matcher(text(page));
            while (links.find()) {
                String target = links.group(1);
                boolean local = !target.contains("://") && !target.startsWith("mailto:");
                if (local && !Files.exists(page.resolveSibling(target).normalize())) {
                    dead.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void every_command_and_option_that_a_page_names_exists() {
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher commands = OPTION.matcher(text(page));
            while (commands.find()) {
                for (String word : commands.group(2).split("\\s+")) {
                    if (word.matches("--[a-z-]+.*")
                            && !help(commands.group(1))
                                    .contains(word.replaceAll("[=\\[.,;:)].*$", ""))) {
                        unknown.add(ROOT.relativize(page) + ": " + commands.group());
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static String help(String command) {
        java.io.StringWriter out = new java.io.StringWriter();
        java.io.PrintWriter writer = new java.io.PrintWriter(out, true);
        int code = Main.run(new String[] {command, "--help"}, writer, writer);
        assertThat(code).as("./fulcrum " + command).isZero();
        return out.toString();
    }

    @Test
    void the_readme_names_every_command_that_it_must() {
        Matcher commands = COMMAND.matcher(text(ROOT.resolve("README.md")));
        List<String> named = new ArrayList<>();
        while (commands.find()) {
            named.add(commands.group(1));
        }
        assertThat(named).contains("demo", "test", "simulate", "dev");
    }

    @Test
    void every_flow_in_the_tutorials_is_valid() {
        FlowCheck check = new FlowCheck(Actions.catalog(), url -> true);
        int flows = 0;
        for (Path page : pages()) {
            Matcher blocks = JSON.matcher(text(page));
            while (blocks.find()) {
                JsonNode flow = Json.MAPPER.readTree(blocks.group(1));
                if (flow.has("module")) {
                    assertThat(check.check(flow, "")).as(page + ": " + flow).isEmpty();
                    flows++;
                }
            }
        }
        assertThat(flows).isPositive();
    }

    @Test
    void the_flow_of_the_first_handler_collects_what_it_says() {
        Matcher block = JSON.matcher(text(ROOT.resolve("docs/tutorials/first-handler.md")));
        assertThat(block.find()).isTrue();
        Outcome outcome =
                Scenario.callTo(block.group(1).replace("http://127.0.0.1:3000", Scenario.WEB))
                        .webServerAnswersAt("/again", "{\"module\":\"hangup\",\"data\":{}}")
                        .hearsAllOf("Your four digits, please")
                        .presses("1234")
                        .plays();
        assertThat(outcome.requests().getFirst().parameter("Digits[pin]")).isEqualTo("1234");
    }
}
