package dev.smt.benchmark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions of any system as text, one JSON object a line:
 * {@code {"technique": "technique-001", "accepted": true, "theta-star": {"technique-001.p1": 0.5}, "trainings": 480}}. theta-star may be
 * missing or null where the technique is not accepted, trainings where it is not known. A technique without a line is not
 * accepted.
 */
public final class TechniqueChoices {
    private static final Set<String> KEYS = Set.of("technique", "accepted", "theta-star", "trainings");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TechniqueChoices() {}

    /**
     * Reads decisions; blank lines are skipped.
     *
     * @throws IllegalArgumentException with the problems of all lines, a line each
     */
    public static List<TechniqueChoice> read(BenchmarkFleet fleet, List<String> lines) {
        List<String> problems = new ArrayList<>();
        List<TechniqueChoice> choices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank()) {
                continue;
            }
            try {
                TechniqueChoice choice = choice(fleet, line);
                if (!names.add(choice.technique())) {
                    throw new IllegalArgumentException("technique " + choice.technique() + " is there twice");
                }
                choices.add(choice);
            } catch (IllegalArgumentException wrong) {
                problems.add("line " + number + ": " + wrong.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return choices;
    }

    private static TechniqueChoice choice(BenchmarkFleet fleet, String line) {
        JsonNode node = object(line);
        List<String> unknown = new ArrayList<>();
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                unknown.add(key);
            }
        });
        JsonNode name = node.path("technique");
        JsonNode accepted = node.path("accepted");
        JsonNode trainings = node.path("trainings");
        boolean counted = trainings.isMissingNode() || trainings.isIntegralNumber() && trainings.canConvertToLong();
        if (!unknown.isEmpty() || !name.isTextual() || !accepted.isBoolean() || !counted) {
            throw new IllegalArgumentException(line + "; expected an object with technique (a text), accepted (true or"
                    + " false), theta-star (an object), trainings (a whole number), and nothing else");
        }
        BenchmarkTechnique technique = fleet.techniques().stream()
                .filter(known -> known.name().equals(name.textValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "technique \"" + name.textValue() + "\" is not one of the benchmark's "
                                + fleet.techniques().size()));
        return new TechniqueChoice(
                technique.name(), accepted.booleanValue(), theta(technique, node), trainings.asLong(0));
    }

    private static Optional<ParameterValues> theta(BenchmarkTechnique technique, JsonNode node) {
        JsonNode theta = node.path("theta-star");
        return theta.isMissingNode() || theta.isNull()
                ? Optional.empty()
                : Optional.of(ParameterValuesJson.read(technique.searchSpace(), theta.toString()));
    }

    private static JsonNode object(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + "; the text is " + line, e);
        }
        throw new IllegalArgumentException("not a JSON object: " + line);
    }
}
