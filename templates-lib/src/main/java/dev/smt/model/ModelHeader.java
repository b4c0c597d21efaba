package dev.smt.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.nn.embedding.StoredRows;
import dev.smt.template.SpecificationJson;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The JSON header of a model's file: all but the arrays, and how long each of those is.
 *
 * @param dense number of values of each dense parameter, by name, in the order of their blocks
 * @param tables the embedding tables, by name, in the order of their blocks
 * @param fittedNumbers how many numbers the representations fitted, by name, in the order of their blocks
 * @param fittedIds how many ids the representations fitted, by name, in the order of their blocks
 */
record ModelHeader(
        ModelSpecification specification,
        Provenance provenance,
        SortedMap<String, Double> metrics,
        Training training,
        List<SortedMap<String, Double>> statistics,
        Map<String, Integer> dense,
        Map<String, TableShape> tables,
        Map<String, Integer> fittedNumbers,
        Map<String, Integer> fittedIds) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What is known of the training itself. */
    record Training(long seed, long steps, long examples, double seconds) {}

    /**
     * An embedding table, without its rows.
     *
     * @param stored number of rows in the file
     */
    record TableShape(int rows, int dimension, EmbeddingFormat format, int zerosFrom, int stored) {}

    static ModelHeader of(StoredModel model) {
        ModelState state = model.state();
        Map<String, Integer> dense = lengths(state.dense(), values -> values.length);
        Map<String, TableShape> tables = new LinkedHashMap<>();
        state.tables().forEach((name, rows) -> tables.put(name, shape(rows)));
        return new ModelHeader(
                model.specification(),
                model.provenance(),
                model.metrics(),
                new Training(state.seed(), state.steps(), state.examples(), state.trainSeconds()),
                state.statistics(),
                dense,
                tables,
                lengths(state.fitted().numbers(), values -> values.length),
                lengths(state.fitted().ids(), values -> values.length));
    }

    private static <T> Map<String, Integer> lengths(Map<String, T> arrays, ToIntFunction<T> length) {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        arrays.forEach((name, values) -> lengths.put(name, length.applyAsInt(values)));
        return lengths;
    }

    private static TableShape shape(StoredRows rows) {
        return new TableShape(rows.rows(), rows.dimension(), rows.format(), rows.zerosFrom(), rows.numbers().length);
    }

    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("specification", SpecificationJson.write(specification));
        root.putObject("provenance")
                .put("model-id", provenance.modelId())
                .put("template", provenance.template())
                .put("pipeline", provenance.pipeline())
                .put("data-version", provenance.dataVersion())
                .put("code-version", provenance.codeVersion());
        putAll(root.putObject("metrics"), metrics);
        root.putObject("trained")
                .put("seed", training.seed())
                .put("steps", training.steps())
                .put("examples", training.examples())
                .put("seconds", training.seconds());
        statistics.forEach(values -> putAll(root.withArray("event-statistics").addObject(), values));
        put(root, "dense", dense);
        putTables(root);
        put(root, "fitted-numbers", fittedNumbers);
        put(root, "fitted-ids", fittedIds);
        return JSON.writeValueAsBytes(root);
    }

    private void putTables(ObjectNode root) {
        root.withArray("tables");
        tables.forEach((name, table) -> root.withArray("tables")
                .addObject()
                .put("name", name)
                .put("rows", table.rows())
                .put("dimension", table.dimension())
                .put("format", table.format().name())
                .put("zeros-from", table.zerosFrom())
                .put("stored", table.stored()));
    }

    private static void put(ObjectNode root, String key, Map<String, Integer> lengths) {
        root.withArray(key);
        lengths.forEach((name, values) ->
                root.withArray(key).addObject().put("name", name).put("values", values));
    }

    private static Map<String, Integer> lengths(JsonNode root, String key) {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        root.required(key).forEach(node -> lengths.put(text(node, "name"), count(node, "values")));
        return lengths;
    }

    private static void putAll(ObjectNode node, SortedMap<String, Double> values) {
        values.forEach((name, value) -> node.put(name, value));
    }

    static ModelHeader parse(byte[] json) throws ModelFormatException {
        try {
            JsonNode root = JSON.readTree(json);
            List<SortedMap<String, Double>> statistics = new ArrayList<>();
            root.required("event-statistics").forEach(values -> statistics.add(numbers(values)));
            Map<String, TableShape> tables = new LinkedHashMap<>();
            root.required("tables").forEach(node -> tables.put(text(node, "name"), table(node)));
            JsonNode trained = root.required("trained");
            return new ModelHeader(
                    SpecificationJson.read(root.required("specification")),
                    provenance(root.required("provenance")),
                    numbers(root.required("metrics")),
                    new Training(
                            trained.required("seed").longValue(),
                            trained.required("steps").longValue(),
                            trained.required("examples").longValue(),
                            trained.required("seconds").doubleValue()),
                    statistics,
                    lengths(root, "dense"),
                    tables,
                    lengths(root, "fitted-numbers"),
                    lengths(root, "fitted-ids"));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ModelFormatException("the header is not what this format has: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException("the header is not JSON: " + e.getMessage(), e);
        }
    }

    private static Provenance provenance(JsonNode node) {
        return new Provenance(
                text(node, "model-id"),
                text(node, "template"),
                text(node, "pipeline"),
                text(node, "data-version"),
                text(node, "code-version"));
    }

    private static TableShape table(JsonNode node) {
        return new TableShape(
                count(node, "rows"),
                count(node, "dimension"),
                EmbeddingFormat.valueOf(text(node, "format")),
                count(node, "zeros-from"),
                count(node, "stored"));
    }

    private static SortedMap<String, Double> numbers(JsonNode node) {
        SortedMap<String, Double> values = new TreeMap<>();
        node.properties().forEach(field -> {
            if (!field.getValue().isNumber()) {
                throw new IllegalArgumentException(field.getKey() + " is " + field.getValue() + "; expected a number");
            }
            values.put(field.getKey(), field.getValue().doubleValue());
        });
        return values;
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.required(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + " is " + value + "; expected a text");
        }
        return value.textValue();
    }

    private static int count(JsonNode node, String key) {
        JsonNode value = node.required(key);
        if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed: a whole number of at least 0");
        }
        return value.intValue();
    }
}
