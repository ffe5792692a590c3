package fulcrum.app;

import fulcrum.sip.DigestAlgorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Algorithms of digest authentication in the order in which they are offered, written `sha-256,md5`.
record DigestChoice(List<DigestAlgorithm> algorithms) {
    DigestChoice {
        algorithms = List.copyOf(algorithms);
    }

    /// @throws BadSetting when it names nothing, something unknown, or something twice
    static DigestChoice parse(String text) {
        List<DigestAlgorithm> found = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            Optional<DigestAlgorithm> algorithm =
                    Optional.of(name.strip())
                            .filter(said -> !said.isEmpty())
                            .flatMap(DigestAlgorithm::named);
            if (algorithm.isEmpty() || found.contains(algorithm.get())) {
                throw new BadSetting(
                        "is `md5`, `sha-256`, or both with a comma, was `" + text + "`");
            }
            found.add(algorithm.get());
        }
        return new DigestChoice(found);
    }

    @Override
    public String toString() {
        return algorithms.stream()
                .map(algorithm -> algorithm.token().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }
}
