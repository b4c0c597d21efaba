package dev.smt.template;

import static dev.smt.template.Examples.SPARSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UnreadSettingsTest {
    private static final String REPRESENTATION = "architecture.representation.";
    private static final String OPTIMIZER = "training.optimizer.";
    private static final String HELD_OUT = "training.held-out.";

    /** A field with a value that nothing reads in {@link Examples#SPARSE}; the field and value that make it read. */
    private record Pair(String path, Object value, String governor, Object reading, String message) {}

    private static final List<Pair> PAIRS = List.of(
            numeric("bins", 8, "quantile", "16", "quantile or piecewise-linear"),
            numeric("frequencies", 4, "periodic", "16", "periodic"),
            numeric("frequency-scale", 0.5, "periodic", "0.1", "periodic"),
            new Pair(
                    REPRESENTATION + "id.kind",
                    "double-hashing",
                    "architecture.embedding-buckets",
                    64,
                    "architecture.representation.id.kind is double-hashing, but nothing reads it:"
                            + " architecture.embedding-buckets is 0; allowed: single-row, or"
                            + " architecture.embedding-buckets above 0"),
            new Pair(
                    REPRESENTATION + "event.attention-width",
                    8,
                    "features.pooling",
                    "target-attention",
                    "architecture.representation.event.attention-width is 8, but nothing reads it: features.pooling is"
                            + " mean; allowed: 32, or features.pooling target-attention"),
            new Pair(
                    "features.cross-buckets",
                    77,
                    "features.crossed-ids",
                    2,
                    "features.cross-buckets is 77, but nothing reads it: features.crossed-ids is 0; allowed: 100000, or"
                            + " features.crossed-ids of 2 or more"),
            new Pair(
                    "data.auxiliary-weight",
                    0.5,
                    "data.auxiliary-labels",
                    List.of("age"),
                    "data.auxiliary-weight is 0.5, but nothing reads it: data.auxiliary-labels is []; allowed: 0, or a"
                            + " feature in data.auxiliary-labels"),
            new Pair(
                    OPTIMIZER + "momentum",
                    0.9,
                    OPTIMIZER + "dense",
                    "sgd",
                    "training.optimizer.momentum is 0.9, but nothing reads it: training.optimizer.dense is adamw;"
                            + " allowed: 0, or training.optimizer.dense sgd"),
            new Pair(
                    OPTIMIZER + "schedule",
                    "cosine",
                    "training.decay",
                    0.1,
                    "training.optimizer.schedule is cosine, but nothing reads it: training.decay is 1, which leaves the"
                            + " learning rates at their peak; allowed: linear, or training.decay below 1"),
            heldOut("patience", 5, "3"),
            heldOut("validation-checks", 40, "20"));

    private static Pair numeric(String field, Object value, String kind, String fallback, String kinds) {
        String path = REPRESENTATION + "numeric.";
        return new Pair(
                path + field,
                value,
                path + "kind",
                kind,
                path + field + " is " + value + ", but nothing reads it: " + path + "kind is standardized; allowed: "
                        + fallback + ", or " + path + "kind " + kinds);
    }

    private static Pair heldOut(String field, int value, String fallback) {
        String share = HELD_OUT + "validation-share";
        return new Pair(
                HELD_OUT + field,
                value,
                share,
                0.1,
                HELD_OUT + field + " is " + value + ", but nothing reads it: " + share + " is 0; allowed: " + fallback
                        + ", or " + share + " above 0");
    }

    @Test
    void aSettingThatNothingReadsIsRefusedUntilSomethingDoes() {
        for (Pair pair : PAIRS) {
            assertThatThrownBy(() -> TemplateFields.with(SPARSE, pair.path, pair.value))
                    .isInstanceOf(InvalidTemplateException.class)
                    .hasMessage(pair.message);
            assertThatCode(() ->
                            TemplateFields.withAll(SPARSE, Map.of(pair.path, pair.value, pair.governor, pair.reading)))
                    .as(pair.path)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void allOfThemAreToldAtOnce() {
        Map<String, Object> all = new LinkedHashMap<>();
        PAIRS.forEach(pair -> all.put(pair.path, pair.value));

        assertThatThrownBy(() -> TemplateFields.withAll(SPARSE, all))
                .hasMessageContainingAll(PAIRS.stream().map(Pair::message).toArray(String[]::new));
    }

    /** A new field belongs to those that are read by themselves, or to the pairs. */
    @Test
    void everyLaterFieldIsReadByItselfOrInAPair() {
        Map<String, Object> alone = new TreeMap<>(Map.ofEntries(
                Map.entry("architecture.interaction-width", 8),
                Map.entry("architecture.experts", 2),
                Map.entry("architecture.hidden-layers.activation", "gelu"),
                Map.entry("architecture.hidden-layers.normalization", "layer"),
                Map.entry("architecture.hidden-layers.dropout", 0.2),
                Map.entry(REPRESENTATION + "numeric.kind", "quantile"),
                Map.entry(REPRESENTATION + "id.min-count", 2),
                Map.entry(REPRESENTATION + "id.dimension-temperature", 0.3),
                Map.entry(REPRESENTATION + "embedding.kind", "direction-projection"),
                Map.entry("features.transforms", List.of("bucket(age, 4)")),
                Map.entry("features.crossed-ids", 2),
                Map.entry("data.label-transforms", List.of("log1p(value)")),
                Map.entry("data.auxiliary-labels", List.of("age")),
                Map.entry("serving.embedding-format", "int8"),
                Map.entry("serving.pruned-share", 0.1)));
        alone.putAll(Map.ofEntries(
                Map.entry(OPTIMIZER + "dense", "sgd"),
                Map.entry(OPTIMIZER + "embedding", "sgd"),
                Map.entry(OPTIMIZER + "embedding-weight-decay", 0.1),
                Map.entry(OPTIMIZER + "clip-norm", 1),
                Map.entry(OPTIMIZER + "averaging-share", 0.1),
                Map.entry("training.loss.focal-gamma", 1),
                Map.entry("training.loss.positive-weight", 2),
                Map.entry("training.loss.divergence-factor", 3),
                Map.entry(HELD_OUT + "validation-share", 0.1),
                Map.entry(HELD_OUT + "calibration-share", 0.1)));
        alone.forEach((path, value) -> assertThatCode(() -> TemplateFields.with(SPARSE, path, value))
                .as(path)
                .doesNotThrowAnyException());
        // Refused by rules of their own: see ShardingFieldsTest and ServingSectionTest.
        Set<String> others = Set.of(
                "serving.cached-item-tower",
                "training.sharding.strategy",
                "training.sharding.devices",
                "training.sharding.group",
                "training.sharding.tables",
                "training.sharding.column-shards");

        Set<String> known = new TreeSet<>(alone.keySet());
        known.addAll(others);
        PAIRS.forEach(pair -> known.add(pair.path));
        assertThat(known).isEqualTo(laterFields());
    }

    private static Set<String> laterFields() {
        JsonNode compact = CanonicalJson.parse(TemplateJson.write(SPARSE));
        return TemplateFields.paths(SPARSE).stream()
                .filter(path -> compact.at("/" + path.replace('.', '/')).isMissingNode())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hiddenLayersMustBeThere() {
        Template shallow = TemplateFields.with(SPARSE, "architecture.head", List.of());
        String layers = "architecture.hidden-layers.";

        assertThatThrownBy(() -> TemplateFields.with(shallow, layers + "dropout", 0.2))
                .hasMessage("architecture.hidden-layers.dropout is 0.2, but nothing reads it: architecture.head is [];"
                        + " allowed: 0, or a width in architecture.head");
        // The numeric tower has a hidden layer, which has no dropout.
        Template smooth = TemplateFields.with(shallow, layers + "activation", "gelu");
        for (Map<String, Object> unread : List.<Map<String, Object>>of(
                Map.of("architecture.numeric-tower", List.of()), Map.of(REPRESENTATION + "numeric.kind", "quantile"))) {
            assertThatThrownBy(() -> TemplateFields.withAll(smooth, unread))
                    .hasMessage("architecture.hidden-layers.activation is gelu, but nothing reads it: no perceptron has"
                            + " a hidden layer; allowed: relu, or a width in architecture.head");
        }
    }

    @Test
    void aThresholdAndAPairOfOneAreRefused() {
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, REPRESENTATION + "id.min-count", 1))
                .hasMessage("architecture.representation.id.min-count is 1, but nothing reads it: every id of a row is"
                        + " there once; allowed: 0, or 2 or more");
        assertThatThrownBy(() -> TemplateFields.with(SPARSE, "features.crossed-ids", 1))
                .hasMessage("features.crossed-ids is 1, but nothing reads it: one id makes no pair; allowed: 0, or 2"
                        + " or more");
    }

    @Test
    void whatAModelMaySetIsReadByThatModel() {
        Template open = TemplateFields.exposing(SPARSE, List.of("training.decay"));

        assertThat(TemplateFields.with(open, OPTIMIZER + "schedule", "cosine")
                        .training()
                        .decay())
                .isEqualTo(1);
    }
}
