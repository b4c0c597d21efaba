package dev.smt.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.Column;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The JSON header of a file of encoded examples: which columns follow, and how long each is.
 *
 * @param sequenceValues number of ids of each sequence feature, over all rows
 */
record ExamplesHeader(int rows, List<Feature> features, Map<String, Integer> sequenceValues, List<String> labels) {
    private static final JsonMapper JSON = new JsonMapper();

    static ExamplesHeader of(EncodedExamples examples) {
        Map<String, Integer> sequenceValues = new LinkedHashMap<>();
        for (Feature feature : examples.features()) {
            if (feature.column() instanceof SequenceColumn) {
                sequenceValues.put(
                        feature.name(), examples.sequences(feature.name()).values().length);
            }
        }
        return new ExamplesHeader(examples.rows(), examples.features(), sequenceValues, examples.labels());
    }

    byte[] toJson() throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.put("rows", rows);
        for (Feature feature : features) {
            ObjectNode node = header.withArray("features").addObject();
            node.put("name", feature.name());
            node.put("type", feature.type().name());
            node.put("side", feature.side().name());
            if (feature.column() instanceof IdColumn column) {
                node.put("column", "id").put("cardinality", column.cardinality());
            } else if (feature.column() instanceof SequenceColumn column) {
                node.put("column", "sequence").put("cardinality", column.cardinality());
                node.put("max-length", column.maxLength()).put("values", sequenceValues.get(feature.name()));
            } else if (feature.column() instanceof VectorColumn column) {
                node.put("column", "vector").put("width", column.width());
            } else {
                numeric((NumericColumn) feature.column(), node.put("column", "numeric"));
            }
        }
        labels.forEach(header.withArray("labels")::add);
        return JSON.writeValueAsBytes(header);
    }

    /** What a number was made of, where it says so. */
    private static void numeric(NumericColumn column, ObjectNode node) {
        if (!column.equals(new NumericColumn())) {
            node.put("mean", column.mean()).put("deviation", column.deviation()).put("log1p", column.log1p());
        }
    }

    /** Whether rows of these columns can follow those of the others: the same names and kinds, and no larger ids. */
    boolean hasColumnsOf(ExamplesHeader other) {
        return labels.equals(other.labels)
                && features.size() == other.features.size()
                && IntStream.range(0, features.size()).allMatch(i -> fits(features.get(i), other.features.get(i)));
    }

    /** Of these rows and then the others', with the others' columns. */
    ExamplesHeader with(ExamplesHeader more) {
        Map<String, Integer> values = new LinkedHashMap<>(sequenceValues);
        more.sequenceValues.forEach((feature, count) -> values.merge(feature, count, Math::addExact));
        return new ExamplesHeader(Math.addExact(rows, more.rows), more.features, values, more.labels);
    }

    private static boolean fits(Feature feature, Feature into) {
        boolean same =
                feature.name().equals(into.name()) && feature.type() == into.type() && feature.side() == into.side();
        if (feature.column() instanceof IdColumn ids && into.column() instanceof IdColumn more) {
            return same && ids.cardinality() <= more.cardinality();
        }
        if (feature.column() instanceof SequenceColumn ids && into.column() instanceof SequenceColumn more) {
            return same && ids.cardinality() <= more.cardinality() && ids.maxLength() == more.maxLength();
        }
        return same && feature.column().equals(into.column());
    }

    static ExamplesHeader parse(byte[] json) throws IOException {
        try {
            JsonNode header = JSON.readTree(json);
            List<Feature> features = new ArrayList<>();
            Map<String, Integer> sequenceValues = new LinkedHashMap<>();
            for (JsonNode node : header.path("features")) {
                Feature feature = new Feature(
                        node.required("name").textValue(),
                        FeatureType.valueOf(node.required("type").textValue()),
                        FeatureSide.valueOf(node.required("side").textValue()),
                        column(node));
                features.add(feature);
                if (feature.column() instanceof SequenceColumn) {
                    sequenceValues.put(feature.name(), count(node, "values"));
                }
            }
            List<String> labels = new ArrayList<>();
            header.path("labels").forEach(label -> labels.add(label.textValue()));
            return new ExamplesHeader(count(header, "rows"), features, sequenceValues, labels);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ExamplesFormatException("the header is not what this format has: " + e.getMessage(), e);
        }
    }

    private static Column column(JsonNode node) {
        String kind = node.required("column").textValue();
        return switch (kind) {
            case "numeric" -> new NumericColumn(
                    node.path("mean").asDouble(0),
                    node.path("deviation").asDouble(1),
                    node.path("log1p").asBoolean(false));
            case "id" -> new IdColumn(count(node, "cardinality"));
            case "sequence" -> new SequenceColumn(count(node, "cardinality"), count(node, "max-length"));
            case "vector" -> new VectorColumn(count(node, "width"));
            default -> throw new IllegalArgumentException(
                    "column kind is " + kind + "; allowed: numeric, id, sequence, vector");
        };
    }

    private static int count(JsonNode node, String key) {
        JsonNode value = node.required(key);
        if (!value.canConvertToInt() || value.intValue() < 0) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed: a whole number of at least 0");
        }
        return value.intValue();
    }
}
